import * as fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { expectLawful } from './laws';
import { type Fate, live, type World } from './lives';
import { scenarios, worldFor } from './scenarios';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const writes = fc.integer({ min: 1, max: 60 });
const cancels = fc.array(fc.record({ atWrite: writes, how: fc.constantFrom('windDown', 'stop') }), { maxLength: 2 });

/** One process after the other, until the run has ended. */
async function liveOut(world: World, fates: readonly Fate[]): Promise<void> {
  for (const fate of [...fates, {}]) {
    await live(world, fate);
    const { state } = (await world.ledger.lastRun('here')) ?? {};
    if (state === 'finished' || state === 'cancelled') return;
  }
  expect.fail('it has not ended');
}

test('whatever devices, users and crashes do, the laws of a run hold', async () => {
  const fate = fc.record({
    dies: fc.option(fc.record({ atWrite: writes, when: fc.constantFrom('before', 'after') }), { nil: undefined }),
    cancels,
  });
  await fc.assert(
    fc.asyncProperty(scenarios, fc.array(fate, { maxLength: 3 }), async (scenario, fates) => {
      const world = worldFor(scenario);
      await liveOut(world, fates as readonly Fate[]);
      await expectLawful(world);
    }),
    { numRuns: Number(process.env.RUNS ?? 300) },
  );
}, 120_000);

test('a process may die at every write', async () => {
  await fc.assert(
    fc.asyncProperty(scenarios, async (scenario) => {
      const whole = worldFor(scenario);
      const { writes: count } = await live(whole);
      await expectLawful(whole);
      for (let atWrite = 1; atWrite <= count; atWrite++) {
        for (const when of ['before', 'after'] as const) {
          const world = worldFor(scenario);
          await liveOut(world, [{ dies: { atWrite, when } }, { dies: { atWrite: (atWrite % 7) + 1, when } }]);
          await expectLawful(world);
        }
      }
    }),
    { numRuns: Number(process.env.RUNS ?? 20) },
  );
}, 120_000);
