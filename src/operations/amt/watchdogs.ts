import * as z from 'zod';
import { amt } from '../../technologies/amt/amt';
import type { AmtClient } from '../../technologies/amt/client';
import {
  actionsText,
  findWatchdog,
  type WantedWatchdog,
  watchdogDifferences,
  watchdogRemovals,
} from '../../technologies/amt/watchdogChanges';
import {
  mostWatchdogs,
  readWatchdogs,
  type Watchdog,
  type WatchdogAction,
  type WatchdogState,
  watchdogStates,
} from '../../technologies/amt/watchdogs';
import { bringTo } from '../bringTo';
import { listOf } from '../listOf';
import { defineOperation, type StepResult, type WayContext } from '../operation';

const none = 'no watchdog';
const mostSeconds = 65_535;

/** `expired`: into that state from any; `running>expired`. */
const transition = z
  .string()
  .regex(
    new RegExp(`^(${watchdogStates.join('|')})(>(${watchdogStates.join('|')}))?$`),
    `a state (${watchdogStates.join(', ')}) is expected, or two with > between`,
  );

const parameters = z
  .strictObject({
    agent: z.guid().describe('The GUID under which the program of the operating system shows itself'),
    action: z.enum(['add', 'remove']).default('add').describe('Have the device watch the program, or no longer'),
    name: z.string().min(1).max(16).default('agent').describe('The program’s name, for people'),
    startupSeconds: z
      .int()
      .min(1)
      .max(mostSeconds)
      .default(300)
      .describe('How long the program may take after a start of the computer until its first sign'),
    intervalSeconds: z
      .int()
      .min(1)
      .max(mostSeconds)
      .default(60)
      .describe('How long the program may be silent between two signs'),
    events: listOf(transition)
      .default(['stopped', 'expired'])
      .describe(
        'At which changes of its state an event is logged and sent: a state, or two as running>expired; left out: stopped, expired',
      ),
    activates: listOf(transition)
      .default([])
      .describe('At which changes the network filter that is meant for watchdogs goes into force')
      .meta({ advanced: true }),
    deactivates: listOf(transition)
      .default([])
      .describe('At which changes that network filter goes out of force')
      .meta({ advanced: true }),
  })
  .refine(({ activates, deactivates }) => !deactivates.some((one) => activates.includes(one)), {
    path: ['deactivates'],
    error: 'the same change cannot activate and deactivate',
  });
type Parameters = z.output<typeof parameters>;

export const amtWatchdogs = defineOperation(
  {
    id: 'amt.watchdogs',
    title: 'Agent Watchdog',
    description: 'Has a device watch a program of the operating system, which must show itself from time to time.',
    danger: 'disruptive',
    kind: 'change',
    repeatable: true,
    parameters,
    example: { agent: '7c3f2b1a-90de-4f56-8b21-0a9c4d5e6f70', name: 'backup' },
    then: (given) => (given.action === 'remove' ? none : describe(wantedOf(given))),
    warnings: ({ activates }) =>
      activates.length > 0
        ? ['A program that stops or is updated lets the network filter cut the computer off the network.']
        : [],
  },
  (via) => [
    via(amt, {
      now: async (client, { signal }, { agent }) => {
        const held = await findWatchdog(client, agent, signal);
        return held ? describe(held) : none;
      },
      lacks: lacksWatchdogs,
      run: bringWatchdogTo,
    }),
  ],
);

async function lacksWatchdogs(
  client: AmtClient,
  { action, agent }: Parameters,
  { signal }: WayContext,
): Promise<string | undefined> {
  const most = await mostWatchdogs(client, signal);
  if (most === undefined) return 'it has no agent watchdogs';
  if (action === 'remove' || (await findWatchdog(client, agent, signal))) return undefined;
  return (await readWatchdogs(client, signal)).length < most
    ? undefined
    : `it has no room for another watchdog: it holds ${most}`;
}

function bringWatchdogTo(client: AmtClient, given: Parameters, { signal }: WayContext): Promise<StepResult> {
  const options = { value: { agent: given.agent } };
  if (given.action === 'remove') return bringTo((stop) => watchdogRemovals(client, given.agent, stop), signal, options);
  return bringTo((stop) => watchdogDifferences(client, wantedOf(given), stop), signal, options);
}

/** One action for each transition, whatever it does. */
function wantedOf({
  agent,
  name,
  startupSeconds,
  intervalSeconds,
  events,
  activates,
  deactivates,
}: Parameters): WantedWatchdog {
  const transitions = [...new Set([...events, ...activates, ...deactivates])];
  const actions = transitions.map((text): WatchdogAction => {
    const [first, second] = text.split('>') as [WatchdogState, WatchdogState | undefined];
    const policy = deactivates.includes(text) ? 'deactivate' : undefined;
    return {
      from: second ? [first] : watchdogStates,
      to: [second ?? first],
      event: events.includes(text),
      policy: activates.includes(text) ? 'activate' : policy,
    };
  });
  return { agent: agent.toLowerCase(), name, startupSeconds, intervalSeconds, actions };
}

function describe(watchdog: Pick<Watchdog, 'name' | 'startupSeconds' | 'intervalSeconds' | 'actions'>): string {
  const { name, startupSeconds, intervalSeconds } = watchdog;
  return `${name}, ${startupSeconds} s to start, ${intervalSeconds} s between signs; ${actionsText(watchdog) || 'no action'}`;
}
