import { ipsPowerManagementService, osPowerSavingStates } from '../../protocols/amt/cim/ipsPowerManagementService';
import { assertCompleted } from '../../protocols/amt/returnValue';
import { cimValues } from '../../protocols/amt/returnValues';
import { numberOf } from '../../protocols/wsman/cimClass';
import type { AmtDevice } from './device';
import { managedSystem } from './managedSystem';

/** Whether the operating system saves power while the computer is on: modern standby. Since generation 10. */
export async function isSavingPower(device: AmtDevice, signal: AbortSignal): Promise<boolean> {
  return (await device.find(ipsPowerManagementService, signal))?.OSPowerSavingState === 'power saving';
}

/** Has the operating system leave modern standby. A lost answer rejects with the effect `unknown`. */
export async function requestFullPower(device: AmtDevice, signal: AbortSignal): Promise<void> {
  const { resourceUri } = ipsPowerManagementService;
  const parameters = {
    OSPowerSavingState: numberOf(osPowerSavingStates, 'full power'),
    ManagedElement: managedSystem,
  };
  const output = await device.wsman.invoke(resourceUri, 'RequestOSPowerSavingStateChange', parameters, { signal });
  assertCompleted(output, 'wake from modern standby', cimValues);
}
