import { expect } from 'vitest';
import type { RecordedStep } from '../../../../src/jobs/ledger';
import { type Block, type Call, isCall, type ProgramStep } from '../../../../src/jobs/program/program';
import type { World } from './lives';

const outcomes = ['done', 'already', 'unverified', 'failed', 'unknown', 'skipped', 'cancelled'];

/** What must hold of a run that has ended, whatever became of its processes. Counts at the devices, not in the engine. */
export async function expectLawful(world: World): Promise<void> {
  const { ledger, job, computers } = world;
  const record = await ledger.lastRun('here');
  const changes = await ledger.changes(record?.id ?? '', 0);
  expect(['finished', 'cancelled']).toContain(record?.state);
  expect(record?.results).toHaveLength(computers.length);
  for (const { outcome } of record?.results ?? []) expect(outcomes).toContain(outcome);
  const steps = changes?.steps ?? [];
  for (const { outcome } of steps) expect(outcomes).toContain(outcome);

  expectNothingTwice(world);
  expectHonesty(world, steps);
  expectFinally(world, steps, job.program.root);
  expectSuccessBefore(world, steps, job.program.root);
  expectStops(world);
  expectFailFast(world);
  expectWaves(world, Date.parse(record?.startedAt ?? ''));
  expectLimits(world);
}

function expectNothingTwice({ devices, job, computers }: World): void {
  for (const [name] of computers) {
    for (const { id, operation } of job.program.steps) {
      if (!operation.repeatable) expect(devices.count('told', name, id), `${name} ${id}`).toBeLessThanOrEqual(1);
    }
  }
}

/** What was done is not told to be undone, and the other way round. */
function expectHonesty({ devices, job }: World, steps: readonly RecordedStep[]): void {
  for (const { computer, step, outcome } of steps) {
    const { id = '', operation } = job.program.steps[step] ?? {};
    if (operation?.kind !== 'change') continue;
    const acted = devices.count('acted', computer, id);
    if (acted > 0) expect(['done', 'already', 'unverified', 'unknown'], `${computer} ${id}`).toContain(outcome);
    else expect(['failed', 'unknown', 'skipped', 'cancelled'], `${computer} ${id}`).toContain(outcome);
  }
}

function expectFinally(world: World, steps: readonly RecordedStep[], block: Block): void {
  const { devices, computers } = world;
  for (const item of [...block.steps, ...block.finally]) if (isCall(item)) expectFinally(world, steps, item.block);
  if (devices.sights.some(({ kind }) => kind === 'stop')) return;
  const ids = leaves(block.steps).map(({ index }) => index);
  for (const [name] of computers) {
    const begun = steps.some(({ computer, step, attempts }) => computer === name && attempts > 0 && ids.includes(step));
    for (const item of block.finally) {
      const [first] = leaves([item]);
      if (item.condition || first?.condition || !first) continue;
      const asked = devices.count('asked', name, first.id);
      if (begun) expect(asked, `finally of ${name}`).toBeGreaterThan(0);
      else expect(asked, `finally of ${name}`).toBe(0);
    }
  }
}

/** A step without a condition is tried only when those before it in its list came to something good, or do not matter. */
function expectSuccessBefore(
  world: World,
  steps: readonly RecordedStep[],
  { steps: items, finally: last }: Block,
): void {
  for (const item of [...items, ...last]) if (isCall(item)) expectSuccessBefore(world, steps, item.block);
  const plain = items.filter((item): item is ProgramStep => !isCall(item));
  for (const [name] of world.computers) {
    const own = new Map(steps.filter(({ computer }) => computer === name).map((record) => [record.step, record]));
    for (const [at, { index, condition, id }] of plain.entries()) {
      if (condition || (own.get(index)?.attempts ?? 0) === 0) continue;
      for (const before of plain.slice(0, at)) {
        const record = own.get(before.index);
        if (!before.continueOnError) expect(record?.ok, `${name} ${before.id} before ${id}`).toBe(true);
      }
    }
  }
}

/** After a stop nothing is asked in the process, after the wind-down only what is in `finally`. */
function expectStops({ devices, job }: World): void {
  const last = idsInFinally(job.program.root);
  let mode: 'stop' | 'windDown' | undefined;
  for (const sight of devices.sights) {
    if (sight.kind === 'died') mode = undefined;
    if (sight.kind === 'stop' || (sight.kind === 'windDown' && mode !== 'stop')) mode = sight.kind;
    if (sight.kind !== 'asked') continue;
    expect(mode, `${sight.computer} ${sight.step}`).not.toBe('stop');
    if (mode === 'windDown') expect(last.has(sight.step), `${sight.computer} ${sight.step}`).toBe(true);
  }
}

/** Once a failure too many is recorded nothing begins but what is in `finally`. */
function expectFailFast({ devices, job, computers }: World): void {
  const { failFast } = job.job.strategy;
  if (!failFast) return;
  const allowed = 'count' in failFast ? failFast.count : Math.floor((computers.length * failFast.percent) / 100);
  const last = idsInFinally(job.program.root);
  let failures = 0;
  for (const sight of devices.sights) {
    if (sight.kind === 'closed' && ['failed', 'unknown'].includes(sight.outcome)) failures++;
    if (sight.kind === 'asked' && failures > allowed) expect(last.has(sight.step), sight.step).toBe(true);
  }
}

/** A wave begins when those before it have ended, after the pause, and only if nobody failed or a failFast counts them. */
function expectWaves({ devices, job, computers }: World, startedAt: number): void {
  const { waves, pauseMs, failFast, spreadMs } = job.job.strategy;
  const waveOf = (position: number): number => {
    let end = 0;
    for (const [number, amount] of waves.entries()) {
      const upTo =
        'count' in amount ? amount.count : Math.max(1, Math.floor((computers.length * amount.percent) / 100));
      end = Math.max(end, upTo);
      if (position < end) return number;
    }
    return waves.length;
  };
  const positions = new Map(computers.map(([name], position) => [name, position]));
  const closed = new Map<string, { readonly at: number; readonly outcome: string }>();
  const begun = new Set<number>();
  for (const sight of devices.sights) {
    if (sight.kind === 'closed') closed.set(sight.computer, sight);
    if (sight.kind !== 'asked') continue;
    const position = positions.get(sight.computer) ?? 0;
    const wave = waveOf(position);
    expect(sight.at - startedAt).toBeGreaterThanOrEqual(Math.floor((position / computers.length) * spreadMs));
    for (const [name, other] of positions) {
      if (waveOf(other) >= wave) continue;
      const ended = closed.get(name);
      expect(ended, `${name} before ${sight.computer}`).toBeDefined();
      if (!failFast) expect(['failed', 'unknown']).not.toContain(ended?.outcome);
      if (!begun.has(wave)) expect(sight.at - (ended?.at ?? 0)).toBeGreaterThanOrEqual(pauseMs);
    }
    begun.add(wave);
  }
}

function expectLimits({ devices, job, computers }: World): void {
  const { concurrency = 1, perSite = 1 } = job.job.strategy;
  const siteOf = new Map(computers);
  const underWay = new Set<string>();
  for (const sight of devices.sights) {
    if (sight.kind === 'died') underWay.clear();
    if (sight.kind === 'closed') underWay.delete(sight.computer);
    if (sight.kind !== 'asked') continue;
    underWay.add(sight.computer);
    const site = siteOf.get(sight.computer);
    expect(underWay.size).toBeLessThanOrEqual(concurrency);
    expect([...underWay].filter((name) => siteOf.get(name) === site).length).toBeLessThanOrEqual(perSite);
  }
}

function leaves(items: readonly (ProgramStep | Call)[]): readonly ProgramStep[] {
  return items.flatMap((item) =>
    isCall(item) ? [...leaves(item.block.steps), ...leaves(item.block.finally)] : [item],
  );
}

function idsInFinally(block: Block): ReadonlySet<string> {
  const inner = block.steps.filter(isCall).flatMap((call) => [...idsInFinally(call.block)]);
  return new Set([...leaves(block.finally).map(({ id }) => id), ...inner]);
}
