import { ipsPowerManagementService } from '../../protocols/amt/cim/ipsPowerManagementService';
import { powerManagementCapabilities } from '../../protocols/amt/cim/powerManagementCapabilities';
import type { PowerAction } from '../power';
import type { AmtDevice } from './device';
import { actionsFor } from './power';

/** What the firmware can do with the power, whatever its state. */
export interface PowerCapabilities {
  readonly supported: readonly PowerAction[];
  /** In the standard's words. */
  readonly capabilities: readonly string[];
  /** Whether the operating system saves power while the computer is on. Absent: the firmware does not know. */
  readonly system: string | undefined;
}

export async function readPowerCapabilities(device: AmtDevice, signal: AbortSignal): Promise<PowerCapabilities> {
  const held = await device.find(powerManagementCapabilities, signal);
  const system = await device.find(ipsPowerManagementService, signal);
  return {
    supported: actionsFor(held?.PowerStatesSupported ?? []),
    capabilities: held?.PowerChangeCapabilities ?? [],
    system: system?.OSPowerSavingState,
  };
}
