import { SidebandError } from '../../base/errors';
import type { PowerState } from '../../fleet/computer';
import { associatedPowerManagementService } from '../../protocols/amt/cim/associatedPowerManagementService';
import { powerManagementService } from '../../protocols/amt/cim/powerManagementService';
import { assertCompleted } from '../../protocols/amt/returnValue';
import { cimUri } from '../../protocols/wsman/cimClass';
import type { EndpointReference } from '../../protocols/wsman/values';
import type { PowerAction } from '../power';
import type { AmtClient } from './client';

/**
 * The PowerState that asks for an action (DSP1027 section 7.2). CIM calls 5 and 8 "soft"; AMT cuts the power at once, without
 * telling the operating system.
 */
const requestedStates: Readonly<Record<PowerAction, number>> = {
  on: 2,
  sleep: 4,
  cycle: 5,
  hibernate: 7,
  off: 8,
  reset: 10,
  nmi: 11,
  'off-graceful': 12,
  'reset-graceful': 14,
};

const states: Readonly<Record<number, PowerState>> = {
  2: 'on',
  3: 'sleeping',
  4: 'sleeping',
  6: 'off',
  7: 'sleeping',
  8: 'off',
  13: 'off',
};

/** The host computer, as opposed to the management engine itself. */
export const managedSystem: EndpointReference = {
  resourceUri: cimUri('CIM_ComputerSystem'),
  selectors: { CreationClassName: 'CIM_ComputerSystem', Name: 'ManagedSystem' },
};

/** What the device says of the power and of what may be asked of it now. */
export interface AmtPower {
  readonly state: PowerState;
  /** The CIM PowerState itself. */
  readonly code: number;
  /** Absent on firmware that does not list them. */
  readonly offered?: readonly PowerAction[];
}

export async function readPower(client: AmtClient, signal: AbortSignal): Promise<AmtPower> {
  const { PowerState: code, AvailableRequestedPowerStates: available } = await client.get(
    associatedPowerManagementService,
    signal,
  );
  if (code === undefined) throw new SidebandError('protocol.invalid', 'the device gave no PowerState');
  const offered = powerActions.filter((action) => available?.includes(requestedStates[action]));
  return { state: states[code] ?? 'unknown', code, ...(offered.length > 0 && { offered }) };
}

export async function readPowerState(client: AmtClient, signal: AbortSignal): Promise<PowerState> {
  return (await readPower(client, signal)).state;
}

/** Resolves when the device has accepted. A lost answer rejects with the effect `unknown`. */
export async function requestPowerState(client: AmtClient, action: PowerAction, signal: AbortSignal): Promise<void> {
  const parameters = { PowerState: requestedStates[action], ManagedElement: managedSystem };
  const { resourceUri } = powerManagementService;
  const output = await client.wsman.invoke(resourceUri, 'RequestPowerStateChange', parameters, { signal });
  assertCompleted(output, `power ${action}`);
}

const powerActions = Object.keys(requestedStates) as readonly PowerAction[];
