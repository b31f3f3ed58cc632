import { SidebandError, toSidebandError } from '../../base/errors';
import type { PowerState } from '../../fleet/computer';
import { associatedPowerManagementService } from '../../protocols/amt/cim/associatedPowerManagementService';
import { powerManagementService } from '../../protocols/amt/cim/powerManagementService';
import { powerStates } from '../../protocols/amt/cimFields';
import { assertCompleted } from '../../protocols/amt/returnValue';
import { cimValues, type ReturnValues } from '../../protocols/amt/returnValues';
import { numberOf } from '../../protocols/wsman/cimClass';
import type { PowerAction, PowerReading } from '../power';
import type { CapableDevice } from './capableDevice';
import { managedSystem } from './managedSystem';
import { openRedirections } from './redirections';

type CimPowerState = (typeof powerStates)[keyof typeof powerStates];

/** What to ask for. CIM calls 5 and 8 soft; AMT cuts the power at once, without telling the operating system. */
const requested = {
  on: 'on',
  off: 'off soft',
  cycle: 'power cycle (off soft)',
  reset: 'master bus reset',
  nmi: 'diagnostic interrupt',
  'off-graceful': 'off soft graceful',
  'reset-graceful': 'master bus reset graceful',
  sleep: 'sleep deep',
  hibernate: 'hibernate',
} as const satisfies Record<PowerAction, CimPowerState>;
const actions = Object.keys(requested) as readonly PowerAction[];

const readings: ReadonlyMap<string, { readonly state: PowerState; readonly sleep?: 'sleep' | 'hibernate' }> = new Map([
  ['on', { state: 'on' }],
  ['sleep light', { state: 'sleeping', sleep: 'sleep' }],
  ['sleep deep', { state: 'sleeping', sleep: 'sleep' }],
  ['hibernate', { state: 'sleeping', sleep: 'hibernate' }],
  ['off hard', { state: 'off' }],
  ['off soft', { state: 'off' }],
  ['off hard graceful', { state: 'off' }],
]);

const values: ReturnValues = {
  ...cimValues,
  1: { name: 'NOT_READY', code: 'device.state', words: 'the computer does not follow now' },
};
/** The operating system does these, asked by Intel's service in it. */
const bySystem: readonly PowerAction[] = ['off-graceful', 'reset-graceful', 'sleep', 'hibernate'];
const systemAdvice =
  'Graceful actions, sleep and hibernation need Intel’s Local Management Service (LMS) running in the operating system.';
/** With these an open redirection session would lose its computer. */
const refusedWhileOpen: readonly PowerAction[] = ['off', 'cycle', 'off-graceful', 'sleep', 'hibernate'];

const firstGraceful = 9;
const firstInterrupt = 10;

/** What the PowerStates of a device stand for. */
export function actionsFor(states: readonly string[]): readonly PowerAction[] {
  return actions.filter((action) => states.includes(requested[action]));
}

/** Why the firmware never does it, as opposed to not now. */
export async function lackOfPower(
  device: CapableDevice,
  action: PowerAction,
  signal: AbortSignal,
): Promise<string | undefined> {
  const first = firstGenerationOf(action);
  if (first === 0) return undefined;
  const generation = device.generation ?? (await device.capabilities(signal)).generation;
  if (generation === 0 || generation >= first) return undefined;
  return `its AMT ${device.version ?? generation} has no ${action}, which came with generation ${first}`;
}

export async function readPower(device: CapableDevice, signal: AbortSignal): Promise<PowerReading> {
  const { PowerState: word, AvailableRequestedPowerStates: available } = await device.get(
    associatedPowerManagementService,
    signal,
  );
  if (word === undefined) throw new SidebandError('protocol.invalid', 'the device gave no PowerState');
  const reading = readings.get(word) ?? { state: 'unknown' };
  const listed = actionsFor(available);
  const offered = listed.length > 0 ? listed : offeredIn(reading.state, device.generation);
  const lacksSystem = reading.state === 'on' && offered?.includes('off-graceful') === false;
  return { ...reading, ...(offered && { offered }), ...(lacksSystem && { advice: systemAdvice }) };
}

/** Resolves when the device has accepted. A lost answer rejects with the effect `unknown`. */
export async function requestPowerState(
  device: CapableDevice,
  action: PowerAction,
  signal: AbortSignal,
): Promise<void> {
  const parameters = { PowerState: numberOf(powerStates, requested[action]), ManagedElement: managedSystem };
  const { resourceUri } = powerManagementService;
  const output = await device.wsman.invoke(resourceUri, 'RequestPowerStateChange', parameters, { signal });
  try {
    assertCompleted(output, `power ${action}`, values);
  } catch (thrown) {
    throw await explained(device, action, toSidebandError(thrown), signal);
  }
}

/** A device does not say that it refuses because of an open session. */
async function explained(
  device: CapableDevice,
  action: PowerAction,
  error: SidebandError,
  signal: AbortSignal,
): Promise<SidebandError> {
  if (error.effect === 'unknown') return error;
  const open = refusedWhileOpen.includes(action) ? await openRedirections(device, signal) : [];
  if (open.length > 0) {
    const hint = `Close the ${open.join(' and ')} session, then try again.`;
    const message = `the device refuses ${action} while a redirection session is open: ${open.join(', ')}`;
    return new SidebandError('device.busy', message, { ...error.details, hint }, error);
  }
  if (error.code !== 'device.state' || !bySystem.includes(action)) return error;
  return new SidebandError('device.state', error.message, { ...error.details, hint: systemAdvice }, error);
}

/** For firmware that does not list what may be asked for; nothing when its version is not known. */
function offeredIn(state: PowerState, generation: number | undefined): readonly PowerAction[] | undefined {
  if (generation === undefined) return undefined;
  if (state === 'off') return ['on', 'cycle'];
  if (state === 'sleeping') return ['on', 'off', 'cycle'];
  if (state === 'unknown') return undefined;
  return actions.filter((action) => action !== 'on' && firstGenerationOf(action) <= generation);
}

/** From which generation on the firmware does it; 0 when all do. */
function firstGenerationOf(action: PowerAction): number {
  if (bySystem.includes(action)) return firstGraceful;
  return action === 'nmi' ? firstInterrupt : 0;
}
