import * as z from 'zod';
import { formatDuration } from '../../base/duration';
import { toSidebandError } from '../../base/errors';
import { amt } from '../../technologies/amt/amt';
import type { AmtClient } from '../../technologies/amt/client';
import { type ClockReading, readClock, setClock } from '../../technologies/amt/clock';
import { defineOperation, type StepResult, type WayContext } from '../operation';

const inStep = 'in step';

export const amtTimeSync = defineOperation(
  {
    id: 'amt.time.sync',
    title: 'Set AMT Clock',
    description:
      'Sets the clock of a device, by which it stamps its events and checks certificates, to that of this machine.',
    danger: 'safe',
    kind: 'change',
    repeatable: true,
    parameters: z.strictObject({}),
    then: () => inStep,
  },
  (via) => [
    via(amt, {
      now: async (client, { signal }) => describe(await readClock(client, signal)),
      run: (client, _, context) => synchronise(client, context),
    }),
  ],
);

async function synchronise(client: AmtClient, { signal }: WayContext): Promise<StepResult> {
  const before = await readClock(client, signal);
  const value = { offsetSeconds: before.offsetSeconds };
  if (before.isInStep) return { outcome: 'already', value };
  await setClock(client, before, signal);
  try {
    const after = await readClock(client, signal);
    if (after.isInStep) return { outcome: 'done', value };
    return { outcome: 'unverified', value, note: `Accepted, but the clock is still ${describe(after)}.` };
  } catch (thrown) {
    return { outcome: 'unverified', value, note: `Accepted, but not verified: ${toSidebandError(thrown).message}.` };
  }
}

function describe({ isInStep, offsetSeconds }: ClockReading): string {
  if (isInStep) return inStep;
  return `${formatDuration(Math.abs(offsetSeconds) * 1000)} ${offsetSeconds > 0 ? 'ahead' : 'behind'}`;
}
