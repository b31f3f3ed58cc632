import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Computer } from '../../../../src/fleet/computer';
import { Fleet } from '../../../../src/fleet/fleet';
import type { Engine } from '../../../../src/jobs/engine';
import type { CompiledJob } from '../../../../src/jobs/program/program';
import type { JobReport } from '../../../../src/jobs/running/jobReport';
import { resumeJob } from '../../../../src/jobs/running/resumeJob';
import { testFrontend } from '../../../fakes/frontend';
import { fakeSessions } from '../../../fakes/technology';
import { deviceComputer, Devices } from './devices';
import { drive } from './drive';
import { live, type World, worldOf } from './lives';
import { jobOf } from './programs';

const midnight = new Date('2026-03-04T00:00:00Z');
beforeEach(() => vi.useFakeTimers({ now: midnight }));
afterEach(() => vi.useRealTimers());

function worldWith(strategy: Parameters<typeof jobOf>[1] = {}, names = ['a', 'b', 'c']): World {
  const devices = new Devices();
  const job = jobOf(
    { steps: { boot: { uses: devices.operation('cycle') }, look: { uses: devices.operation('read') } } },
    { concurrency: 1, ...strategy },
  );
  return worldOf(
    devices,
    job,
    names.map((name) => [name, ''] as const),
  );
}

interface Resuming {
  readonly compiled?: CompiledJob;
  readonly names?: readonly string[];
  /** Those that are at another address now. */
  readonly moved?: readonly string[];
  readonly frontend?: ReturnType<typeof testFrontend>;
  readonly engine?: Partial<Engine>;
}

function elsewhere(name: string): Computer {
  const { tags, accesses } = deviceComputer(name);
  return new Computer({ name, host: 'elsewhere', tags, profile: 'lab', accesses });
}

async function resume({ ledger, job, computers }: World, given: Resuming = {}): Promise<JobReport> {
  const engine: Engine = {
    sessions: fakeSessions(),
    ledger,
    fleet: Fleet.empty,
    policy: undefined,
    folder: 'here',
    ...given.engine,
  };
  const { signal } = new AbortController();
  const names = given.names ?? computers.map(([name]) => name);
  const interrupted = {
    record: (await ledger.lastRun('here'))!,
    compiled: given.compiled ?? job,
    computers: names.map((name) => (given.moved?.includes(name) ? elsewhere(name) : deviceComputer(name))),
  };
  const running = resumeJob(
    interrupted,
    engine,
    given.frontend ?? testFrontend(),
    {},
    { windDown: signal, stop: signal },
  );
  return (await drive(running))!;
}

const asked = ({ devices }: World): readonly string[] =>
  devices.sights.flatMap((one) => (one.kind === 'asked' ? [`${one.computer} ${one.step}`] : []));

test('what is recorded is not done again, and the rest is', async () => {
  const world = worldWith();
  // Begin, then for each computer: intend, close, close, close. Dies with the cycle of b under way.
  await live(world, { dies: { atWrite: 6, when: 'after' } });
  const frontend = testFrontend();
  const report = await resume(world, { frontend });
  expect(asked(world)).toEqual(['a boot', 'a look', 'b boot', 'c boot', 'c look']);
  expect(report).toMatchObject({ runId: 'run-1', startedAt: '2026-03-04T00:00:00.000Z', cancelled: false });
  expect(report.results.map(({ computer, outcome, error }) => [computer, outcome, error?.message])).toEqual([
    ['a', 'done', undefined],
    ['b', 'unknown', 'step boot: the process ended in the middle; it may have happened'],
    ['c', 'done', undefined],
  ]);
  expect(frontend.asked.map(({ computers }) => computers)).toEqual([['b', 'c']]);
  expect(frontend.progressed.at(-1)).toEqual({ done: 3, failed: 1, total: 3 });
  expect(world.ledger.lines.at(-1)).toBe('end finished');
});

test('a run that still goes on, or has ended, is left alone', async () => {
  const world = worldWith();
  await live(world, { dies: { atWrite: 6, when: 'after' } });
  const record = (await world.ledger.lastRun('here'))!;
  for (const [state, code] of [
    ['running', 'run.busy'],
    ['finished', 'run.ended'],
    ['cancelled', 'run.ended'],
  ] as const) {
    const ledger = { ...world.ledger, lastRun: () => Promise.resolve({ ...record, state }) };
    await expect(resume({ ...world, ledger })).rejects.toMatchObject({ code });
  }
  await world.ledger.resume('run-1');
  await expect(
    resume({ ...world, ledger: { ...world.ledger, lastRun: () => Promise.resolve(record) } }),
  ).rejects.toMatchObject({ code: 'run.busy' });
});

test('a no leaves it as it is', async () => {
  const world = worldWith();
  await live(world, { dies: { atWrite: 6, when: 'after' } });
  const { lines } = world.ledger;
  const before = lines.length;
  await expect(resume(world, { frontend: testFrontend({ confirm: false }) })).rejects.toMatchObject({
    code: 'run.cancelled',
  });
  expect(lines).toHaveLength(before);
});

test('a policy that forbids it by now leaves it as it is', async () => {
  const world = worldWith();
  await live(world, { dies: { atWrite: 6, when: 'after' } });
  const policy = { hours: { from: 60, to: 120, timezone: 'UTC' }, sites: {} };
  await expect(resume(world, { engine: { policy } })).rejects.toMatchObject({ code: 'policy.refused' });
  expect((await world.ledger.lastRun('here'))?.state).toBe('interrupted');
});

test('steps that are not those that it was begun with are not done', async () => {
  const world = worldWith();
  await live(world, { dies: { atWrite: 6, when: 'after' } });
  const compiled = jobOf({ steps: { boot: { uses: world.devices.operation('cycle') } } });
  await expect(resume(world, { compiled })).rejects.toMatchObject({ code: 'plan.changed' });
});

test('a computer that is not in the fleet any more has an outcome all the same', async () => {
  const world = worldWith({}, ['a', 'b', 'c', 'd']);
  await live(world, { dies: { atWrite: 6, when: 'after' } });
  const report = await resume(world, { names: ['d'] });
  expect(report.results.map(({ computer, outcome, error }) => [computer, outcome, error?.code])).toEqual([
    ['a', 'done', undefined],
    ['b', 'unknown', 'run.interrupted'],
    ['c', 'skipped', 'targets.none'],
    ['d', 'done', undefined],
  ]);
  const { results = [] } = (await world.ledger.lastRun('here')) ?? {};
  expect(results.map(({ outcome }) => outcome)).toEqual(['done', 'unknown', 'skipped', 'done']);
});

test('another computer under the name of one that had begun does not take its place', async () => {
  const world = worldWith();
  await live(world, { dies: { atWrite: 4, when: 'after' } });
  const report = await resume(world, { moved: ['a'] });
  const [first] = report.results;
  expect(first).toMatchObject({
    computer: 'a',
    ok: false,
    error: { code: expect.stringMatching(/targets\.none|run\.interrupted/) as string },
  });
  expect(report.results.slice(1).map(({ outcome }) => outcome)).toEqual(['done', 'done']);
});

test('a wave that had begun is not paused before again', async () => {
  const world = worldWith({ waves: [{ count: 1 }], pauseMs: 300_000, failFast: { count: 3 } });
  await live(world, { dies: { atWrite: 6, when: 'after' } });
  const before = Date.now();
  expect(before - midnight.getTime()).toBeGreaterThan(300_000);
  await resume(world);
  expect(asked(world).slice(3)).toEqual(['c boot', 'c look']);
  expect(Date.now() - before).toBeLessThan(1000);
});

test('failures of the process that died count', async () => {
  const world = worldWith({ failFast: { count: 0 } });
  world.devices.scripts.set('a boot', ['refuses']);
  // Before the first computer that is not begun is closed.
  await live(world, { dies: { atWrite: 5, when: 'before' } });
  const report = await resume(world);
  expect(asked(world)).toEqual(['a boot']);
  expect(report.results.map(({ outcome }) => outcome)).toEqual(['failed', 'skipped', 'skipped']);
});

test('what was to be done by one technology alone is not done by another after a resume', async () => {
  const world = worldWith();
  const names = world.computers.map(([name]) => name);
  const { job, ledger } = world;
  const header = {
    subject: job.source.file,
    title: 'x',
    danger: 'safe',
    parameters: {},
    targets: '*',
    folder: 'here',
    planHash: '',
  } as const;
  const steps = job.program.steps.map(({ id, title, operation, role }) => ({ id, title, uses: operation.id, role }));
  await ledger.begin({ ...header, computers: names, job: { source: job.source, steps, technology: 'winrm' } });
  ledger.die();

  const { results } = await resume(world);

  expect(results.map(({ error }) => error?.code)).toEqual(names.map(() => 'operation.impossible'));
});
