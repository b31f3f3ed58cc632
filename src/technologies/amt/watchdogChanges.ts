import { toBase64 } from '../../base/base64';
import { agentPresenceWatchdog } from '../../protocols/amt/cim/agentPresenceWatchdog';
import { parseGuid } from '../../protocols/amt/guid';
import { assertCompleted } from '../../protocols/amt/returnValue';
import type { Difference } from '../difference';
import type { AmtClient } from './client';
import { describeAction, maskOf, readWatchdogs, type Watchdog, type WatchdogAction } from './watchdogs';

const { resourceUri } = agentPresenceWatchdog;
const actionSd = { activate: 0, deactivate: 1 } as const;

export type WantedWatchdog = Omit<Watchdog, 'deviceId' | 'state'>;

/** The watchdog of a program. Throws `usage.invalid` for what is no GUID. */
export async function findWatchdog(
  client: AmtClient,
  agent: string,
  signal: AbortSignal,
): Promise<Watchdog | undefined> {
  const deviceId = deviceIdOf(agent);
  return (await readWatchdogs(client, signal)).find((one) => one.deviceId === deviceId);
}

/** What is to be done so that the device has this watchdog with these actions and no others. */
export async function watchdogDifferences(
  client: AmtClient,
  wanted: WantedWatchdog,
  signal: AbortSignal,
): Promise<readonly Difference[]> {
  const deviceId = deviceIdOf(wanted.agent);
  const held = await findWatchdog(client, wanted.agent, signal);
  const isKept = held !== undefined && isSame(held, wanted);
  if (isKept && actionsText(held) === actionsText(wanted)) return [];
  const isMadeAnew = held !== undefined && !isKept;
  return [
    ...(isMadeAnew ? [removal(client, held)] : []),
    ...(isKept ? [] : [{ name: `watchdog ${wanted.name}`, write: create(client, wanted) }]),
    ...(isKept && held.actions.length > 0
      ? [{ name: 'old actions removed', write: invoke(client, deviceId, 'DeleteAllActions', {}) }]
      : []),
    ...wanted.actions.map((action) => ({
      name: describeAction(action),
      write: invoke(client, deviceId, 'AddAction', parametersOf(action)),
    })),
  ];
}

export async function watchdogRemovals(
  client: AmtClient,
  agent: string,
  signal: AbortSignal,
): Promise<readonly Difference[]> {
  const held = await findWatchdog(client, agent, signal);
  return held ? [removal(client, held)] : [];
}

export function actionsText({ actions }: Pick<Watchdog, 'actions'>): string {
  return actions.map(describeAction).sort().join('; ');
}

function isSame(held: Watchdog, wanted: WantedWatchdog): boolean {
  return (
    held.name === wanted.name &&
    held.startupSeconds === wanted.startupSeconds &&
    held.intervalSeconds === wanted.intervalSeconds
  );
}

function removal(client: AmtClient, { name, deviceId }: Watchdog): Difference {
  return {
    name: `watchdog ${name} removed`,
    write: (signal) => client.wsman.delete(resourceUri, { selectors: { DeviceID: deviceId }, signal }),
  };
}

function create(client: AmtClient, wanted: WantedWatchdog): Difference['write'] {
  return async (signal) => {
    const properties = {
      CreationClassName: 'AMT_AgentPresenceWatchdog',
      DeviceID: deviceIdOf(wanted.agent),
      MonitoredEntityDescription: wanted.name,
      StartupInterval: wanted.startupSeconds,
      SystemCreationClassName: 'CIM_ComputerSystem',
      SystemName: 'ManagedSystem',
      TimeoutInterval: wanted.intervalSeconds,
    };
    await client.wsman.create(resourceUri, properties, { signal });
  };
}

function invoke(
  client: AmtClient,
  deviceId: string,
  method: string,
  parameters: Readonly<Record<string, number | boolean | undefined>>,
): Difference['write'] {
  return async (signal) => {
    const options = { selectors: { DeviceID: deviceId }, signal };
    assertCompleted(await client.wsman.invoke(resourceUri, method, parameters, options), method);
  };
}

function parametersOf({
  from,
  to,
  event,
  policy,
}: WatchdogAction): Readonly<Record<string, number | boolean | undefined>> {
  return {
    OldState: maskOf(from),
    NewState: maskOf(to),
    EventOnTransition: event,
    ActionSd: policy && actionSd[policy],
  };
}

function deviceIdOf(agent: string): string {
  return toBase64(parseGuid(agent));
}
