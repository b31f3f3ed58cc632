import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SidebandError } from '../../../../src/base/errors';
import { Fleet } from '../../../../src/fleet/fleet';
import type { Engine } from '../../../../src/jobs/engine';
import type { Job, Strategy } from '../../../../src/jobs/file/job';
import { planJob } from '../../../../src/jobs/planning/planJob';
import type { CompiledJob } from '../../../../src/jobs/program/program';
import type { JobReport } from '../../../../src/jobs/running/jobReport';
import { runJob, type RunJobOptions } from '../../../../src/jobs/running/runJob';
import type { Operation } from '../../../../src/operations/operation';
import { testFrontend } from '../../../fakes/frontend';
import { memoryLedger, type TestLedger } from '../../../fakes/ledger';
import { fakeSessions } from '../../../fakes/technology';
import { type Behaviour, deviceComputer, Devices } from './devices';
import { drive, settle } from './drive';
import { type BlockOptions, jobOf, status } from './programs';

const midnight = new Date('2026-03-04T00:00:00Z');
let devices: Devices;
let ledger: TestLedger;
let [cycle, set, read]: Operation[] = [];
let windDown: AbortController;
let stop: AbortController;

beforeEach(() => {
  vi.useFakeTimers({ now: midnight });
  devices = new Devices();
  [cycle, set, read] = [devices.operation('cycle'), devices.operation('set'), devices.operation('read')];
  ledger = memoryLedger();
  windDown = new AbortController();
  stop = new AbortController();
});
afterEach(() => vi.useRealTimers());

interface Given {
  readonly computers?: readonly (readonly [name: string, site: string])[];
  readonly strategy?: Partial<Strategy>;
  readonly job?: Partial<Job>;
  readonly engine?: Partial<Engine>;
  readonly frontend?: ReturnType<typeof testFrontend>;
  readonly options?: RunJobOptions;
}

function begin(block: BlockOptions, given: Given = {}): Promise<JobReport> {
  const compiled: CompiledJob = jobOf(block, given.strategy, given.job);
  const computers = (given.computers ?? [['lab', '']]).map(([name, site]) => deviceComputer(name, site));
  const engine: Engine = {
    sessions: fakeSessions(),
    ledger,
    fleet: Fleet.empty,
    policy: undefined,
    folder: 'here',
    ...given.engine,
  };
  const stops = { windDown: windDown.signal, stop: stop.signal };
  const plan = planJob(compiled, { computers, targets: '*' }, engine);
  return runJob(plan, engine, given.frontend ?? testFrontend(), given.options ?? {}, stops);
}

const run = async (block: BlockOptions, given?: Given): Promise<JobReport> => (await drive(begin(block, given)))!;

const script = (step: string, ...behaviours: Behaviour[]): void => void devices.scripts.set(step, behaviours);

const five = ['c0', 'c1', 'c2', 'c3', 'c4'].map((name) => [name, ''] as const);

async function stepsOf(runId = 'run-1'): Promise<readonly string[]> {
  const { steps = [] } = (await ledger.changes(runId, 0)) ?? {};
  return steps.map(({ computer, step, outcome, attempts, error }) =>
    [computer, step, outcome, `#${attempts}`, ...(error ? [error.code] : [])].join(' '),
  );
}

test('steps are done in order, each with its intent before it, and what is read has none', async () => {
  const frontend = testFrontend();
  const report = await run(
    {
      steps: { wake: { uses: set! }, boot: { uses: cycle! }, look: { uses: read! } },
      finally: { tidy: { uses: set! } },
    },
    { frontend, options: { rerunOf: 'run-0', dueAt: '2026-03-04T00:00:00.000Z', concurrency: 7 } },
  );
  expect(ledger.lines).toEqual([
    'begin .sideband/jobs/test.yaml',
    'intend lab ipmi step 0',
    'close lab step 0 done',
    'intend lab ipmi step 1',
    'close lab step 1 done',
    'close lab step 2 done',
    'intend lab ipmi step 3',
    'close lab step 3 done',
    'close lab done',
    'end finished',
  ]);
  expect(ledger.headers).toMatchObject([
    {
      subject: '.sideband/jobs/test.yaml',
      title: 'Test',
      danger: 'disruptive',
      computers: ['lab'],
      rerunOf: 'run-0',
      job: {
        steps: [
          { id: 'wake', title: 'wake', uses: 'test.set', role: 'step' },
          { id: 'boot', title: 'boot', uses: 'test.cycle', role: 'step' },
          { id: 'look', title: 'look', uses: 'test.read', role: 'step' },
          { id: 'tidy', title: 'tidy', uses: 'test.set', role: 'finally' },
        ],
        concurrency: 7,
        dueAt: '2026-03-04T00:00:00.000Z',
      },
    },
  ]);
  expect(report).toEqual({
    runId: 'run-1',
    title: 'Test',
    startedAt: '2026-03-04T00:00:00.000Z',
    durationMs: 70,
    cancelled: false,
    results: [{ computer: 'lab', ok: true, outcome: 'done', technology: 'ipmi', durationMs: 70 }],
  });
  expect(frontend.asked).toMatchObject([{ title: 'Test', danger: 'disruptive', computers: ['lab'] }]);
  expect(frontend.progressed).toEqual([{ done: 1, failed: 0, total: 1 }]);
});

test('a no does nothing', async () => {
  const running = begin({ steps: { boot: { uses: cycle! } } }, { frontend: testFrontend({ confirm: false }) });
  await expect(running).rejects.toMatchObject({ code: 'run.cancelled' });
  expect(ledger.lines).toEqual([]);
});

test('what only reads is not asked about', async () => {
  const frontend = testFrontend();
  await run({ steps: { look: { uses: read! } } }, { frontend });
  expect(frontend.asked).toEqual([]);
});

test('a policy that forbids it at this hour lets nothing begin', async () => {
  const policy = { hours: { from: 60, to: 120, timezone: 'UTC' }, sites: {} };
  const running = begin({ steps: { boot: { uses: cycle! } } }, { engine: { policy } });
  await expect(running).rejects.toMatchObject({ code: 'policy.refused' });
  expect(ledger.lines).toEqual([]);
});

test('what certainly did not happen is tried again after its delay', async () => {
  script('boot', 'refuses late', 'done');
  const report = await run({ steps: { boot: { uses: cycle!, retries: 2, retryDelayMs: 30_000 } } });
  expect(report.results).toMatchObject([{ outcome: 'done', durationMs: 30_030 }]);
  expect(await stepsOf()).toEqual(['lab 0 done #2']);
  expect(devices.count('told', 'lab', 'boot')).toBe(1);
});

test('what may have happened is not tried again where that does harm, and is where it does none', async () => {
  script('boot', 'answer lost');
  script('wake', 'answer lost', 'done');
  const retries = { retries: 3, retryDelayMs: 1000 };
  const report = await run({
    steps: { wake: { uses: set!, ...retries }, boot: { uses: cycle!, ...retries }, look: { uses: read! } },
  });
  expect(await stepsOf()).toEqual(['lab 0 already #2', 'lab 1 unknown #1 connect.lost', 'lab 2 skipped #0']);
  expect(report.results).toMatchObject([
    { ok: false, outcome: 'unknown', error: { code: 'connect.lost', message: 'step boot: it stopped answering' } },
  ]);
});

test('an attempt that failed says nothing of one before it that may have happened', async () => {
  script('wake', 'question lost', 'refuses');
  await run({ steps: { wake: { uses: set!, retries: 1 } } });
  expect(await stepsOf()).toEqual(['lab 0 unknown #2 device.busy']);
});

test('a step that was told to do it and ran out of time may have done it', async () => {
  script('boot', 'hangs');
  const report = await run({ steps: { boot: { uses: cycle!, timeoutMs: 4000, retries: 5 } } });
  expect(report.results).toMatchObject([
    { outcome: 'unknown', durationMs: 4000, error: { message: 'step boot: no result within 4 s' } },
  ]);
  expect(devices.count('told', 'lab', 'boot')).toBe(1);
});

test('a limit that is given is that of every attempt', async () => {
  script('look', 'never answers');
  const report = await run({ steps: { look: { uses: read! } } }, { options: { timeoutMs: 5000 } });
  expect(report.results).toMatchObject([{ outcome: 'failed', durationMs: 5000 }]);
});

test('an operation that lasts longer than others has the time it needs', async () => {
  const lasting: Operation = { ...read!, lasts: () => 600_000 };
  script('wait', 'never answers');
  const report = await run({ steps: { wait: { uses: lasting } } }, { options: { timeoutMs: 5000 } });
  expect(report.results).toMatchObject([
    { outcome: 'failed', durationMs: 630_000, error: { code: 'operation.timeout' } },
  ]);
});

test('a failure leaves out the rest, with the reason, and finally is done', async () => {
  script('boot', 'refuses');
  const report = await run({
    steps: { boot: { uses: cycle! }, look: { uses: read! }, mend: { uses: set!, if: status('failed') } },
    finally: { tidy: { uses: set! } },
  });
  expect(await stepsOf()).toEqual([
    'lab 0 failed #1 device.busy',
    'lab 1 skipped #0',
    'lab 2 done #1',
    'lab 3 done #1',
  ]);
  const { steps = [] } = (await ledger.changes('run-1', 0)) ?? {};
  expect(steps[1]).toMatchObject({ ok: true, note: 'a step before it did not succeed' });
  expect(report.results).toMatchObject([{ ok: false, outcome: 'failed', error: { code: 'device.busy' } }]);
});

test('a condition that does not hold is told as it is written', async () => {
  await run({ steps: { look: { uses: read! }, mend: { uses: set!, if: status('failed') } } });
  const { steps = [] } = (await ledger.changes('run-1', 0)) ?? {};
  expect(steps[1]).toMatchObject({ ok: true, outcome: 'skipped', note: 'not so: if failed()' });
});

test('what does not matter does not count', async () => {
  script('try', 'refuses');
  const report = await run({ steps: { try: { uses: cycle!, continueOnError: true }, look: { uses: read! } } });
  expect(report.results).toMatchObject([{ ok: true, outcome: 'done' }]);
});

test('where all is left out nothing has failed', async () => {
  const report = await run({
    steps: { mend: { uses: set!, if: status('failed') } },
    finally: { tidy: { uses: set! } },
  });
  expect(report.results).toMatchObject([{ ok: true, outcome: 'skipped', note: 'no step had anything to do' }]);
  expect(devices.sights.filter(({ kind }) => kind === 'asked')).toEqual([]);
});

test('where all that was tried is excused, that is what is said', async () => {
  script('boot', 'refuses');
  const report = await run({ steps: { boot: { uses: cycle!, continueOnError: true } } });
  const note = 'nothing that counts: `continueOnError` excuses what failed';
  expect(report.results).toMatchObject([{ ok: true, outcome: 'skipped', note }]);
});

test('a computer that cannot is skipped with the reason, and is no success', async () => {
  script('boot', 'impossible');
  const report = await run({ steps: { boot: { uses: cycle! } } });
  expect(report.results).toMatchObject([
    {
      ok: false,
      outcome: 'skipped',
      error: { code: 'operation.impossible', message: 'step boot: it has no such thing' },
    },
  ]);
});

test('what a step found is a parameter of the next, and is checked', async () => {
  devices.power.set('lab', 'boot-it');
  const report = await run({
    steps: {
      look: { uses: read! },
      use: { uses: cycle!, with: { step: '${{ steps.look.outputs.power }}' } },
      misuse: { uses: cycle!, with: { step: '${{ steps.look.outputs.nothing }}' } },
    },
  });
  expect(devices.count('acted', 'lab', 'boot-it')).toBe(1);
  expect(await stepsOf()).toEqual(['lab 0 done #1', 'lab 1 done #1', 'lab 2 failed #0 usage.invalid']);
  expect(report.results).toMatchObject([{ outcome: 'failed' }]);
});

test('wound down, what is in flight goes on to its end, then finally; nobody else begins', async () => {
  script('boot', 'slow');
  const running = begin(
    { steps: { boot: { uses: cycle! }, look: { uses: read! } }, finally: { tidy: { uses: set! } } },
    { computers: five.slice(0, 3), strategy: { concurrency: 2 } },
  );
  await vi.advanceTimersByTimeAsync(100);
  windDown.abort();
  const report = (await drive(running))!;
  expect(report).toMatchObject({ cancelled: true });
  expect(report.results.map(({ outcome }) => outcome)).toEqual(['cancelled', 'cancelled', 'cancelled']);
  expect((await stepsOf()).toSorted()).toEqual([
    'c0 0 done #1',
    'c0 1 cancelled #0 run.cancelled',
    'c0 2 done #1',
    'c1 0 done #1',
    'c1 1 cancelled #0 run.cancelled',
    'c1 2 done #1',
  ]);
  expect(ledger.lines.at(-1)).toBe('end cancelled');
});

test('wound down, nobody waits for another attempt', async () => {
  script('boot', 'refuses');
  const running = begin({ steps: { boot: { uses: cycle!, retries: 9, retryDelayMs: 3_600_000 } } });
  await vi.advanceTimersByTimeAsync(100);
  windDown.abort();
  const report = (await drive(running))!;
  expect(report.results).toMatchObject([{ outcome: 'failed', durationMs: 100 }]);
});

test('stopped, it breaks off at once, without finally', async () => {
  script('look', 'never answers');
  const running = begin({
    steps: { wake: { uses: set! }, look: { uses: read! } },
    finally: { tidy: { uses: set! } },
  });
  await vi.advanceTimersByTimeAsync(100);
  stop.abort();
  await settle();
  expect(await running).toMatchObject({ cancelled: true, results: [{ outcome: 'cancelled', durationMs: 100 }] });
  expect(await stepsOf()).toEqual([
    'lab 0 done #1',
    'lab 1 cancelled #1 run.cancelled',
    'lab 2 cancelled #0 run.cancelled',
  ]);
});

test('stopped while its intent is written down, a step is not told', async () => {
  ledger = memoryLedger({
    onWrite: (_, line) => {
      if (line.startsWith('intend')) stop.abort();
    },
  });
  const report = await run({ steps: { boot: { uses: cycle! } } });
  const message = 'step boot: broken off before anything was changed';
  expect(report).toMatchObject({ cancelled: true, results: [{ outcome: 'cancelled', error: { message } }] });
  expect(devices.count('told', 'lab', 'boot')).toBe(0);
  expect(await stepsOf()).toEqual(['lab 0 cancelled #1 run.cancelled']);
});

test('stopped after it was told, a step may have happened', async () => {
  script('boot', 'hangs');
  const running = begin({ steps: { boot: { uses: cycle! } } });
  await vi.advanceTimersByTimeAsync(100);
  stop.abort();
  expect(await running).toMatchObject({ results: [{ outcome: 'unknown' }] });
});

test('one failure too many, and nobody else begins', async () => {
  script('boot', 'refuses');
  const block = { steps: { boot: { uses: cycle! } }, finally: { tidy: { uses: set! } } };
  const report = await run(block, { computers: five, strategy: { concurrency: 1, failFast: { percent: 20 } } });
  expect(report.halted).toBe('2 of 5 computers failed, and failFast allows 1');
  expect(report.results.map(({ outcome }) => outcome)).toEqual(['failed', 'failed', 'skipped', 'skipped', 'skipped']);
  expect(report.results[4]?.error).toMatchObject({
    code: 'run.halted',
    message: 'not begun: 2 of 5 computers failed, and failFast allows 1',
  });
  expect(devices.sights.filter(({ kind }) => kind === 'asked')).toHaveLength(4);
  expect(ledger.lines.at(-1)).toBe('end finished');
});

test('one failure too many, and those under way go to finally', async () => {
  devices.scripts.set('c0 boot', ['refuses']);
  script('boot', 'slow');
  const block = { steps: { boot: { uses: cycle! }, look: { uses: read! } }, finally: { tidy: { uses: set! } } };
  const report = await run(block, { computers: five.slice(0, 2), strategy: { failFast: { count: 0 } } });
  expect(report.results).toMatchObject([{ outcome: 'failed' }, { outcome: 'skipped', error: { code: 'run.halted' } }]);
  expect((await stepsOf()).filter((line) => line.startsWith('c1'))).toEqual([
    'c1 0 done #1',
    'c1 1 skipped #0 run.halted',
    'c1 2 done #1',
  ]);
});

test('a wave waits for the one before it, and for the pause', async () => {
  const strategy = { waves: [{ count: 1 }, { percent: 60 }], pauseMs: 300_000 };
  await run({ steps: { look: { uses: read! } } }, { computers: five, strategy });
  expect(devices.sights.flatMap((one) => (one.kind === 'asked' ? [one.at - midnight.getTime()] : []))).toEqual([
    0, 300_010, 300_010, 600_020, 600_020,
  ]);
});

test('after a wave with a failure there is no other', async () => {
  devices.scripts.set('c1 look', ['refuses']);
  const strategy = { waves: [{ count: 1 }, { count: 3 }] };
  const report = await run({ steps: { look: { uses: read! } } }, { computers: five, strategy });
  expect(report.halted).toBe('1 of 2 computers of wave 2 failed');
  expect(report.results.map(({ outcome }) => outcome)).toEqual(['done', 'failed', 'done', 'skipped', 'skipped']);
});

test('a window that closes between two waves ends the run early', async () => {
  const strategy = { waves: [{ count: 2 }], pauseMs: 3_600_000 };
  const windows = [{ from: 23 * 60, to: 30, timezone: 'UTC' }];
  const given = { computers: five, strategy, job: { windows } };
  const report = await run({ steps: { look: { uses: read! } } }, given);
  expect(report.halted).toBe('.sideband/jobs/test.yaml: windows: it is allowed from 23:00 to 00:30, UTC');
  expect(report.results.map(({ outcome }) => outcome)).toEqual(['done', 'done', 'skipped', 'skipped', 'skipped']);
});

test('beginnings are spread', async () => {
  await run({ steps: { look: { uses: read! } } }, { computers: five, strategy: { spreadMs: 50_000, concurrency: 2 } });
  expect(devices.sights.flatMap((one) => (one.kind === 'asked' ? [one.at - midnight.getTime()] : []))).toEqual([
    0, 10_000, 20_000, 30_000, 40_000,
  ]);
});

test('without its intent on disk nothing is done, and nobody else begins', async () => {
  const onResult = (): void => {
    ledger.fill();
  };
  const block = { steps: { look: { uses: read! }, boot: { uses: cycle! } }, finally: { tidy: { uses: set! } } };
  const given = { computers: five, strategy: { concurrency: 1 }, options: { onResult } };
  const report = await run(block, given);
  expect(report.results.map(({ outcome, error }) => [outcome, error?.code])).toEqual([
    ['done', undefined],
    ['failed', 'ledger.unavailable'],
    ['skipped', 'run.halted'],
    ['skipped', 'run.halted'],
    ['skipped', 'run.halted'],
  ]);
  expect(report.results[1]?.error).toMatchObject({
    message: 'nothing more was done: the disk is full',
    hint: 'Free disk space or the lock, then `sideband job run --resume RUN`: what may have happened is not done again.',
  });
  expect(devices.sights.filter(({ kind }) => kind === 'told')).toMatchObject([
    { computer: 'c0', step: 'boot' },
    { computer: 'c0', step: 'tidy' },
  ]);
});

test('a run of which an outcome could not be recorded does not end, so that it can be resumed', async () => {
  ledger = memoryLedger({
    onWrite: (_, line) => {
      if (line === 'close c1 done') throw new SidebandError('ledger.unavailable', 'the disk is full');
    },
  });
  const report = await run({ steps: { boot: { uses: cycle! } } }, { computers: five });
  expect(report.results.map(({ outcome }) => outcome)).toEqual(['done', 'done', 'done', 'done', 'done']);
  expect(ledger.lines.filter((line) => line.startsWith('end'))).toEqual([]);
  ledger.die();
  expect(await ledger.run(report.runId)).toMatchObject({ state: 'interrupted', counts: { done: 4, unknown: 1 } });
});

test('a login that three computers rejected is not tried on the others, nor again', async () => {
  const rejecting: Operation = {
    ...cycle!,
    ways: cycle!.ways.map((way) => ({
      ...way,
      run: async (...[request, parameters]: Parameters<typeof way.run>) => {
        await way.run(request, parameters, () => Promise.reject(new SidebandError('auth.rejected', 'wrong password')));
        throw new Error('not reached');
      },
    })),
  };
  const given = { computers: five, strategy: { concurrency: 1 } };
  const report = await run({ steps: { boot: { uses: rejecting, retries: 3, retryDelayMs: 1 } } }, given);
  expect(report.results.map(({ error }) => error?.code)).toEqual(Array(5).fill('auth.rejected'));
  expect(devices.sights.filter(({ kind }) => kind === 'asked')).toHaveLength(3);
});

test('a silent computer gives its place away, and waits for one before its next step', async () => {
  const silent: Operation = {
    ...read!,
    ways: read!.ways.map((way) => ({
      ...way,
      run: (request, parameters, beforeAct) => {
        if (request.computer.name === 'c0') request.onSilence?.();
        return way.run(request, parameters, beforeAct);
      },
    })),
  };
  devices.scripts.set('c0 look', ['slow']);
  devices.scripts.set('c1 boot', ['slow']);
  const block = { steps: { look: { uses: silent }, boot: { uses: cycle! } } };
  await run(block, { computers: five.slice(0, 2), strategy: { concurrency: 1 } });
  expect(devices.sights.flatMap((one) => (one.kind === 'asked' ? [`${one.computer} ${one.step}`] : []))).toEqual([
    'c0 look',
    'c1 look',
    'c1 boot',
    'c0 boot',
  ]);
  const [, , , last] = devices.sights.filter((one) => one.kind === 'asked');
  expect(last).toMatchObject({ at: midnight.getTime() + 10 + 5020 });
});

test('a defect with one computer is its failure alone', async () => {
  const broken: Operation = {
    ...read!,
    lasts: () => {
      throw new TypeError('oops');
    },
  };
  const report = await run({ steps: { look: { uses: broken } } }, { computers: five.slice(0, 2) });
  expect(report.results).toMatchObject([
    { outcome: 'failed', error: { code: 'internal.bug', message: 'oops' } },
    { outcome: 'failed', error: { code: 'internal.bug', message: 'oops' } },
  ]);
  expect(ledger.lines.at(-1)).toBe('end finished');
});
