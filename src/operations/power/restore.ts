import * as z from 'zod';
import { pollUntil } from '../../base/pollUntil';
import { amt } from '../../technologies/amt/amt';
import { ipmi } from '../../technologies/ipmi/ipmi';
import { defineOperation, type EarlierStep, type FollowUp, type WayContext, type WaySteps } from '../operation';
import { joinSentences } from '../sentences';
import { amtOn, byAmt } from './amtPower';
import { powerTo, readPower, type Reader } from './powerTo';
import { lasts, timeoutMs } from './waiting';

/** How long controllers leave a computer off in a power cycle, in milliseconds: most of them 5 to 10 s. */
const settlingMs = 15_000;

/** The states that have a way back; a computer that slept is turned off. */
const states = ['on', 'off', 'sleeping', 'hibernating'] as const;
type State = (typeof states)[number];

const parameters = z.strictObject({
  from: z.string().min(1).describe('The step of the job whose change of the power is taken back'),
  // As in power.off: one word must not mean two things, and most controllers can only cut the power.
  graceful: z.boolean().default(false).describe('Let the operating system shut down instead of cutting the power'),
  timeoutMs,
  to: z
    .enum(states)
    .optional()
    .describe('The state to go back to: the job puts in what the step found')
    .meta({ advanced: true }),
  restarted: z
    .boolean()
    .optional()
    .describe('Whether the computer may be about to come on by itself: the job puts in whether a step restarted it')
    .meta({ advanced: true }),
});
type Parameters = z.output<typeof parameters>;

const on = ({ to }: Parameters): boolean => to === 'on';
// Plans do not know the state yet: most jobs turn off what they turned on.
const off = (given: Parameters): boolean => !on(given);
const gracefullyOff = (given: Parameters): boolean => off(given) && given.graceful;
const hardOff = (given: Parameters): boolean => off(given) && !given.graceful;

export const powerRestore = defineOperation(
  {
    id: 'power.restore',
    title: 'Restore Power',
    description:
      'Brings the power back to what an earlier step of the job found: turns off what `power.on` turned on, and leaves the others alone.',
    danger: 'disruptive',
    kind: 'change',
    repeatable: true,
    changes: 'power',
    parameters,
    lasts: (given) => lasts(given) + (given.restarted ? settlingMs : 0),
    followUp: { step: ({ from }) => from, resolve },
  },
  (via) => [
    via(amt, restoring(amtOn), on),
    via(ipmi, restoring(powerTo('on', 'on')), on),
    via(amt, restoring(byAmt('off-graceful', powerTo('off', 'off-graceful'))), gracefullyOff),
    via(ipmi, restoring(powerTo('off', 'off-graceful')), gracefullyOff),
    via(amt, restoring(powerTo('off', 'off')), hardOff),
    via(ipmi, restoring(powerTo('off', 'off')), hardOff),
  ],
);

const unchanged: Readonly<Partial<Record<EarlierStep['outcome'], string>>> = {
  'not-begun': 'was not begun',
  skipped: 'was left out',
  cancelled: 'was cancelled and changed nothing',
  failed: 'failed and changed nothing',
};

/** An intent is written only where something is about to change: without one there is nothing to take back. */
function resolve(given: Parameters, { id, outcome, before, restarted }: EarlierStep): FollowUp {
  const why = unchanged[outcome];
  if (why !== undefined) return { nothing: `${id} ${why}` };
  if (before === undefined) return { nothing: `${id} changed nothing of the power` };
  if (!isState(before)) return { nothing: `before ${id} it was "${before}", which nothing brings back` };
  return { parameters: { ...given, to: before, ...(restarted && before !== 'on' && { restarted }) } };
}

function isState(before: string): before is State {
  return states.some((state) => state === before);
}

/** The steps, also when a restart brings the computer on once more, and a word on a computer that slept. */
function restoring<Client extends Reader>(steps: WaySteps<Client, Parameters>): WaySteps<Client, Parameters> {
  return {
    ...steps,
    async run(client, given, context) {
      const { from, to, restarted } = given;
      let result = await steps.run(client, given, context);
      if (restarted && result.outcome === 'already' && (await comesOn(client, context))) {
        result = await steps.run(client, given, context);
      }
      if (to === undefined || to === 'on' || to === 'off') return result;
      const note = joinSentences(result.note, `It was ${to} before ${from}; off is as near as it gets.`);
      return { ...result, note };
    },
  };
}

async function comesOn(client: Reader, context: WayContext): Promise<boolean> {
  const options = { everyMs: 1000, timeoutMs: settlingMs, signal: context.signal };
  const { accepted } = await pollUntil(
    () => readPower(client, context),
    ({ state }) => state === 'on',
    options,
  );
  return accepted;
}
