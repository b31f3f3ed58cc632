import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RunChanges, RunWriter } from '../../src/jobs/ledger';
import { done, jobHeader, ledgerKinds, sqliteWorld } from '../fakes/ledgers';

/** How many turns the event loop has while the work goes on. */
async function turnsDuring(work: () => Promise<unknown>): Promise<number> {
  let turns = 0;
  let isOver = false;
  const count = (): void => {
    turns++;
    if (!isOver) setImmediate(count);
  };
  setImmediate(count);
  await work();
  isOver = true;
  return turns;
}

test('thirty thousand steps are written and read in many short turns', async () => {
  using world = sqliteWorld();
  const { ledger } = world;
  const names = Array.from({ length: 10_000 }, (_, index) => `n${index}`);
  const writer = await ledger.begin(jobHeader(names));
  const written = await turnsDuring(() =>
    Promise.all(
      names.map(async (computer) => {
        for (const step of [0, 1, 2]) await writer.closeStep({ step, attempts: 1, result: done(computer) });
      }),
    ),
  );
  let changes: RunChanges | undefined;
  const read = await turnsDuring(async () => {
    changes = await ledger.changes(writer.id, 0);
  });
  expect(changes?.results.map(({ computer }) => computer)).toEqual(names);
  expect(changes?.steps).toHaveLength(30_000);
  expect(await ledger.changes(writer.id, changes?.seq ?? 0)).toMatchObject({ results: [], steps: [] });
  // A turn takes about 10 ms, and no computer of today does either of them in 50. Unbounded, writing takes four turns and reading one.
  expect(written).toBeGreaterThan(5);
  expect(read).toBeGreaterThan(5);
}, 60_000);

test('what is written while somebody reads is told now or the next time', async () => {
  using world = sqliteWorld();
  const { ledger } = world;
  const names = Array.from({ length: 5000 }, (_, index) => `n${index}`);
  const writer = await ledger.begin(jobHeader(names));
  const reading = ledger.changes(writer.id, 0);
  const writing = Promise.all(names.map((name) => writer.close(done(name))));
  const seen = new Map<string, string>();
  let seq = 0;
  for (const changes of [await reading, await writing.then(() => ledger.changes(writer.id, seq))]) {
    for (const { computer, outcome } of changes?.results ?? []) seen.set(computer, outcome);
    if (seen.size < names.length) expect.fail(`only ${seen.size} were told of`);
    seq = changes?.seq ?? 0;
  }
  expect(new Set(seen.values())).toEqual(new Set(['done']));
}, 60_000);

const act = fc.record({
  what: fc.constantFrom('intend', 'closeStep', 'close', 'look'),
  computer: fc.constantFrom('a', 'b', 'c'),
  step: fc.nat({ max: 2 }),
});

test.each(ledgerKinds)(
  'who looks again and again knows what one who looks once does: %s',
  async (_, open) => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 30 }), async (acts) => {
        using world = open();
        const { ledger } = world;
        const writer = await ledger.begin(jobHeader(['a', 'b', 'c']));
        const known = new Map<string, unknown>();
        let seq = 0;
        const look = async (): Promise<void> => {
          const changes = await ledger.changes(writer.id, seq);
          for (const [key, value] of keyed(changes)) known.set(key, value);
          expect(changes?.seq).toBeGreaterThanOrEqual(seq);
          seq = changes?.seq ?? 0;
        };
        for (const { what, computer, step } of acts) {
          if (what === 'look') await look();
          else await write(writer, what, { computer, step });
        }
        await look();
        expect(known).toEqual(new Map(keyed(await ledger.changes(writer.id, 0)).map(([key, value]) => [key, value])));
      }),
      { numRuns: 40 },
    );
  },
  60_000,
);

function keyed(changes: RunChanges | undefined): (readonly [string, unknown])[] {
  return [
    ...(changes?.results ?? []).map((result) => [result.computer, result] as const),
    ...(changes?.steps ?? []).map((step) => [`${step.computer} ${step.step}`, step] as const),
  ];
}

async function write(
  writer: RunWriter,
  what: 'intend' | 'closeStep' | 'close',
  { computer, step }: { readonly computer: string; readonly step: number },
): Promise<void> {
  if (what === 'intend') await writer.intend({ computer, step, technology: 'ipmi', before: 'off' });
  else if (what === 'closeStep') await writer.closeStep({ step, attempts: 1, result: done(computer) });
  else await writer.close(done(computer));
}
