import * as z from 'zod';
import { parseDuration } from '../../base/duration';
import { amt } from '../../technologies/amt/amt';
import { type Alarm, alarmDifferences, alarmRemovals, readAlarms } from '../../technologies/amt/alarms';
import type { AmtClient } from '../../technologies/amt/client';
import { bringTo } from '../bringTo';
import { defineOperation, type StepResult, type WayContext } from '../operation';

const minuteMs = 60_000;
/** The interval is told in days, hours and minutes. */
const longestMs = 999 * 1440 * minuteMs;

const parameters = z
  .strictObject({
    name: z.string().min(1).max(63).describe('The name of the alarm; one of the same name is replaced'),
    action: z.enum(['add', 'remove']).default('add').describe('Set the alarm, or take it away'),
    at: z.iso
      .datetime({ offset: true, error: 'a time such as 2027-01-31T06:00:00Z or 2027-01-31T06:00:00+01:00 is expected' })
      .optional()
      .describe('When the computer is to wake the first time, with the time zone'),
    every: z
      .string()
      .refine(isInterval, 'whole minutes are expected, such as 1d, 12h or 90m')
      .optional()
      .describe('The time between two wakes, such as 1d; left out: once'),
    deleteOnCompletion: z.boolean().default(true).describe('Whether the device forgets the alarm after the last time'),
  })
  .refine(({ action, at }) => action === 'remove' || at !== undefined, {
    path: ['at'],
    error: 'a time is expected',
  });
type Parameters = z.output<typeof parameters>;

export const amtAlarm = defineOperation(
  {
    id: 'amt.alarm',
    title: 'Wake Alarm',
    description: 'Sets an alarm by which the device wakes or starts the computer at a time, once or again and again.',
    danger: 'disruptive',
    kind: 'change',
    repeatable: true,
    parameters,
    example: { name: 'monday', at: '2027-02-01T06:00:00Z', every: '7d' },
    then: (given) => (given.action === 'remove' ? 'no alarm' : describe(alarmOf(given))),
  },
  (via) => [
    via(amt, {
      now: async (client, { signal }, { name }) => {
        const held = (await readAlarms(client, signal)).find(({ id }) => id === name);
        return held ? describe(held) : 'no alarm';
      },
      lacks: (_, given) => Promise.resolve(lacksTime(given)),
      run: bringAlarmTo,
    }),
  ],
);

function bringAlarmTo(client: AmtClient, given: Parameters, { signal }: WayContext): Promise<StepResult> {
  const options = { value: { alarm: given.name } };
  if (given.action === 'remove') return bringTo((stop) => alarmRemovals(client, given.name, stop), signal, options);
  return bringTo((stop) => alarmDifferences(client, alarmOf(given), stop), signal, options);
}

/** One that comes again and began in the past stands at its next time, for devices take no other. */
function alarmOf({ name, at = '', every = '0', deleteOnCompletion }: Parameters): Alarm {
  const first = Date.parse(at);
  const intervalMs = parseDuration(every) ?? 0;
  const missed = intervalMs > 0 ? Math.max(0, Math.ceil((Date.now() - first) / intervalMs)) : 0;
  return { id: name, at: first + missed * intervalMs, intervalMs, deleteOnCompletion };
}

function lacksTime({ action, at, every }: Parameters): string | undefined {
  if (action === 'remove' || every !== undefined || at === undefined || Date.parse(at) > Date.now()) return undefined;
  return `the time ${at} has passed`;
}

function describe({ at, intervalMs, deleteOnCompletion }: Alarm): string {
  const time = new Date(at).toISOString().slice(0, 16).replace('T', ' ');
  const again = intervalMs === 0 ? 'once' : `every ${intervalMs / minuteMs} min`;
  return `${time} UTC, ${again}${deleteOnCompletion ? '' : ', kept'}`;
}

function isInterval(text: string): boolean {
  const intervalMs = parseDuration(text);
  return intervalMs !== undefined && intervalMs > 0 && intervalMs <= longestMs && intervalMs % minuteMs === 0;
}
