import * as fc from 'fast-check';
import type { Amount, Strategy } from '../../../../src/jobs/file/job';
import type { CompiledJob } from '../../../../src/jobs/program/program';
import { type Behaviour, behaviours, Devices } from './devices';
import { type BlockOptions, cameTo, jobOf, status } from './programs';
import type { World } from './lives';
import { worldOf } from './lives';

interface StepShape {
  readonly kind: 'cycle' | 'set' | 'read';
  readonly condition: 'none' | 'always' | 'failed' | 'succeeded' | 'cancelled' | 'before was done' | 'before failed';
  readonly retries: number;
  readonly continueOnError: boolean;
  /** A called job in its place. */
  readonly calls?: BlockShape | undefined;
}

interface BlockShape {
  readonly steps: readonly StepShape[];
  readonly finally: readonly StepShape[];
}

/** A job, its computers and what its devices will do: everything but the fate of its processes. */
export interface Scenario {
  readonly block: BlockShape;
  readonly strategy: Strategy;
  readonly sites: readonly string[];
  readonly scripts: readonly (readonly Behaviour[])[];
}

const often = <T>(value: T, others: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(value) }, { weight: 1, arbitrary: others });

function steps(depth: number): fc.Arbitrary<StepShape> {
  return fc.record({
    kind: fc.constantFrom('cycle', 'cycle', 'set', 'read'),
    condition: often<StepShape['condition']>(
      'none',
      fc.constantFrom('always', 'failed', 'succeeded', 'cancelled', 'before was done', 'before failed'),
    ),
    retries: often(0, fc.integer({ min: 1, max: 2 })),
    continueOnError: often(false, fc.constant(true)),
    calls: depth === 0 ? fc.constant(undefined) : often<BlockShape | undefined>(undefined, blocks(depth - 1)),
  });
}

function blocks(depth: number): fc.Arbitrary<BlockShape> {
  return fc.record({
    steps: fc.array(steps(depth), { minLength: 1, maxLength: 3 }),
    finally: fc.array(steps(depth), { maxLength: 2 }),
  });
}

const amounts: fc.Arbitrary<Amount> = fc.oneof(
  fc.record({ count: fc.integer({ min: 0, max: 4 }) }),
  fc.record({ percent: fc.integer({ min: 0, max: 100 }) }),
);

const strategies: fc.Arbitrary<Strategy> = fc
  .record({
    concurrency: fc.integer({ min: 1, max: 4 }),
    perSite: fc.integer({ min: 1, max: 3 }),
    waves: fc.oneof(fc.constant([]), fc.constant([{ count: 1 }, { percent: 50 }]), fc.constant([{ count: 2 }])),
    pauseMs: fc.constantFrom(0, 300_000),
    failFast: fc.option(amounts, { nil: undefined }),
    spreadMs: often(0, fc.constant(60_000)),
  })
  .map(({ failFast, ...rest }) => ({ ...rest, ...(failFast && { failFast }) }));

export const scenarios: fc.Arbitrary<Scenario> = fc.record({
  block: blocks(1),
  strategy: strategies,
  sites: fc.array(fc.constantFrom('', 'a', 'b'), { minLength: 1, maxLength: 5 }),
  scripts: fc.array(
    fc.array(often<Behaviour>('done', fc.constantFrom(...behaviours)), { minLength: 1, maxLength: 3 }),
    { minLength: 1, maxLength: 9 },
  ),
});

export function worldFor({ block, strategy, sites, scripts }: Scenario): World {
  const devices = new Devices();
  const operations = {
    cycle: devices.operation('cycle'),
    set: devices.operation('set'),
    read: devices.operation('read'),
  };
  const toOptions = (shape: BlockShape): BlockOptions => ({
    steps: named('s', shape.steps),
    finally: named('f', shape.finally),
  });
  const named = (letter: string, shapes: readonly StepShape[]): BlockOptions['steps'] =>
    Object.fromEntries(
      shapes.map(({ kind, condition, retries, continueOnError, calls }, index) => {
        const before = index > 0 ? `${letter}${index - 1}` : letter === 'f' ? 's0' : undefined;
        const holds = conditionOf(condition, before);
        const common = { continueOnError, ...(holds && { if: holds }) };
        const item = calls
          ? { ...common, calls: toOptions(calls) }
          : { ...common, uses: operations[kind], retries, retryDelayMs: 20_000 };
        return [`${letter}${index}`, item];
      }),
    );
  const job: CompiledJob = jobOf(toOptions(block), strategy);
  const computers = sites.map((site, index) => [`c${index}`, site] as const);
  for (const [at, [name]] of computers.entries()) {
    for (const { id, index } of job.program.steps) {
      devices.scripts.set(`${name} ${id}`, scripts[(at * 5 + index * 3) % scripts.length] ?? ['done']);
    }
  }
  return worldOf(devices, job, computers);
}

function conditionOf(condition: StepShape['condition'], before: string | undefined) {
  if (condition === 'none') return undefined;
  if (condition === 'before was done') return before === undefined ? undefined : cameTo(before, 'done');
  if (condition === 'before failed') return before === undefined ? undefined : cameTo(before, 'failed');
  return status(condition);
}
