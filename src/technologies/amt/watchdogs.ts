import { toBase64 } from '../../base/base64';
import { agentPresenceCapabilities } from '../../protocols/amt/cim/agentPresenceCapabilities';
import { agentPresenceWatchdog } from '../../protocols/amt/cim/agentPresenceWatchdog';
import { agentPresenceWatchdogAction } from '../../protocols/amt/cim/agentPresenceWatchdogAction';
import { concreteDependency } from '../../protocols/amt/cim/concreteDependency';
import { stateTransitionCondition } from '../../protocols/amt/cim/stateTransitionCondition';
import { formatGuid } from '../../protocols/amt/guid';
import type { InstanceOf } from '../../protocols/wsman/cimClass';
import type { AmtClient } from './client';

/** The bits of a watchdog's states. */
const stateBits = { 'not-started': 1, stopped: 2, running: 4, expired: 8, suspended: 16 } as const;
export const watchdogStates = ['not-started', 'stopped', 'running', 'expired', 'suspended'] as const;
export type WatchdogState = (typeof watchdogStates)[number];

/** What a device does when a watchdog goes from one of some states to one of others. */
export interface WatchdogAction {
  readonly from: readonly WatchdogState[];
  readonly to: readonly WatchdogState[];
  /** Whether it is an event, which is logged and sent to subscribers. */
  readonly event: boolean;
  /** What becomes of the System Defense policy of agent presence. */
  readonly policy: 'activate' | 'deactivate' | undefined;
}

/** What watches over a program of the operating system. */
export interface Watchdog {
  /** The program's GUID in lower case. */
  readonly agent: string;
  /** The key: that GUID in base64. */
  readonly deviceId: string;
  readonly name: string;
  /** In words. */
  readonly state: string;
  /** How long the program may take for its first sign. */
  readonly startupSeconds: number;
  /** How long it may be silent between two signs. */
  readonly intervalSeconds: number;
  readonly actions: readonly WatchdogAction[];
}

/** How many watchdogs a device can have; nothing where it has none at all. */
export async function mostWatchdogs(client: AmtClient, signal: AbortSignal): Promise<number | undefined> {
  const limits = await client.find(agentPresenceCapabilities, signal);
  return limits && (limits.MaxTotalAgents ?? 1);
}

export async function readWatchdogs(client: AmtClient, signal: AbortSignal): Promise<readonly Watchdog[]> {
  const watchdogs = await client.list(agentPresenceWatchdog, signal);
  const actionsOf = watchdogs.length > 0 ? await readActions(client, signal) : () => [];
  return watchdogs.map((held) => {
    const deviceId = toBase64(held.DeviceID ?? new Uint8Array());
    return {
      agent: held.DeviceID?.length === 16 ? formatGuid(held.DeviceID) : '',
      deviceId,
      name: held.MonitoredEntityDescription ?? '',
      state: held.CurrentState ?? '',
      startupSeconds: held.StartupInterval ?? 0,
      intervalSeconds: held.TimeoutInterval ?? 0,
      actions: actionsOf(deviceId),
    };
  });
}

/** `running > expired: event, policy activate`; `any` for all states. */
export function describeAction({ from, to, event, policy }: WatchdogAction): string {
  const effects = [...(event ? ['event'] : []), ...(policy ? [`policy ${policy}`] : [])];
  return `${statesText(from)} > ${statesText(to)}: ${effects.join(', ') || 'nothing'}`;
}

export function maskOf(states: readonly WatchdogState[]): number {
  return states.reduce((mask, state) => mask | stateBits[state], 0);
}

function statesText(states: readonly WatchdogState[]): string {
  return states.length === watchdogStates.length ? 'any' : states.join(' or ');
}

function statesOf(mask: number | undefined): readonly WatchdogState[] {
  return watchdogStates.filter((state) => ((mask ?? 0) & stateBits[state]) !== 0);
}

/** Links lead from a watchdog to its conditions, and from each to its action. */
async function readActions(
  client: AmtClient,
  signal: AbortSignal,
): Promise<(deviceId: string) => readonly WatchdogAction[]> {
  const conditions = await client.list(stateTransitionCondition, signal);
  const actions = await client.list(agentPresenceWatchdogAction, signal);
  const links = await client.list(concreteDependency, signal);
  const follow = (key: string, from: string | undefined, to: string): readonly string[] =>
    links
      .filter(({ Antecedent }) => Antecedent?.selectors[key] === from)
      .map(({ Dependent }) => Dependent?.selectors[to])
      .filter((name) => typeof name === 'string');
  return (deviceId) =>
    follow('DeviceID', deviceId, 'PolicyConditionName').flatMap((conditionName) => {
      const condition = conditions.find(({ PolicyConditionName }) => PolicyConditionName === conditionName);
      const [actionName] = follow('PolicyConditionName', conditionName, 'PolicyActionName');
      const action = actions.find(({ PolicyActionName }) => PolicyActionName === actionName);
      return condition && action ? [toAction(condition, action)] : [];
    });
}

function toAction(
  { OldState, NewState }: InstanceOf<typeof stateTransitionCondition>,
  { EventOnTransition, ActionSd }: InstanceOf<typeof agentPresenceWatchdogAction>,
): WatchdogAction {
  const policy = ActionSd === 'activate' || ActionSd === 'deactivate' ? ActionSd : undefined;
  return { from: statesOf(OldState), to: statesOf(NewState), event: EventOnTransition === true, policy };
}
