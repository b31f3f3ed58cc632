import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ScheduledJob } from '../../../src/app/scheduleNotice';
import { type Clock, Scheduler } from '../../../src/app/scheduler';
import type { Ledger, RunHeader } from '../../../src/jobs/ledger';
import { openLedger } from '../../../src/jobs/sqliteLedger';
import { temporaryFolder } from '../../fakes/temporaryFolder';
import { bundle } from '../../tools/bundle.mts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => {
  folder[Symbol.dispose]();
});

const file = (): string => join(folder.path, 'state', 'ledger.sqlite');

test('two processes claim the same 200 due times, and each goes to one of them', async () => {
  const script = await bundle(
    `import { openLedger } from './src/jobs/sqliteLedger';
     const ledger = openLedger(process.argv[2]);
     const at = new Date('2026-06-01T02:00:00Z');
     void (async () => {
       process.stdout.write('ready\\n');
       await new Promise((go) => process.stdin.once('data', go));
       const claims = [];
       for (let job = 0; job < 200; job++) claims.push(await ledger.schedules.claim({ folder: '/site', job: 'job-' + job, at }));
       process.stdout.write(JSON.stringify(claims));
       ledger.dispose();
       process.stdin.destroy();
     })();`,
    join(folder.path, 'claims.cjs'),
  );
  const children = [1, 2].map(() => spawn(process.execPath, [script, file()], { stdio: ['pipe', 'pipe', 'inherit'] }));
  await Promise.all(children.map(({ stdout }) => once(stdout, 'readable')));
  const outputs = children.map(({ stdout }) => text(stdout));
  for (const { stdin } of children) stdin.write('go\n');
  const [one = [], other = []] = (await Promise.all(outputs)).map(
    (output) => JSON.parse(output.replace('ready\n', '')) as readonly string[],
  );
  expect(one).toHaveLength(200);
  expect(one.map((claim, index) => [claim, other[index]].sort().join(' '))).toEqual(
    Array.from({ length: 200 }, () => 'claimed taken'),
  );
  for (const child of children) {
    if (child.exitCode === null) await once(child, 'exit');
    expect(child.exitCode).toBe(0);
  }
}, 60_000);

/** A clock that two schedulers share, and that goes on when both of them wait. */
class SharedClock {
  #now: number;
  readonly #sleepers = new Set<{ readonly until: number; readonly wakeUp: () => void }>();
  #onSleep: (() => void) | undefined;

  constructor(now: string) {
    this.#now = Date.parse(now);
  }

  readonly clock: Clock = {
    now: () => new Date(this.#now),
    wait: (ms, signal) =>
      new Promise((resolve) => {
        const sleeper = {
          until: this.#now + ms,
          wakeUp: () => {
            this.#sleepers.delete(sleeper);
            resolve();
          },
        };
        this.#sleepers.add(sleeper);
        if (signal.aborted) sleeper.wakeUp();
        else signal.addEventListener('abort', sleeper.wakeUp, { once: true });
        this.#onSleep?.();
      }),
  };

  /** Resolves when so many wait. */
  async settled(count: number): Promise<void> {
    while (this.#sleepers.size < count) {
      await new Promise<void>((done) => {
        this.#onSleep = done;
      });
    }
  }

  /** To the time at which the first one is to be woken. */
  next(): number {
    this.#now = Math.min(...[...this.#sleepers].map(({ until }) => until));
    for (const sleeper of [...this.#sleepers]) if (sleeper.until <= this.#now) sleeper.wakeUp();
    return this.#now;
  }
}

const job: ScheduledJob = {
  file: '.sideband/jobs/patch.yaml',
  title: 'Patch',
  schedule: { cron: '*/5 * * * *', timezone: 'UTC', missed: 'skip' },
  windows: [],
};

function header(dueAt: Date): RunHeader {
  return {
    subject: job.file,
    title: job.title,
    danger: 'safe',
    parameters: {},
    targets: '*',
    folder: folder.path,
    planHash: '0123456789ab',
    computers: ['lab-01'],
    job: { source: { file: job.file, texts: {}, inputs: {} }, steps: [], dueAt: dueAt.toISOString() },
  };
}

test('two schedulers with handles of their own on one ledger run each due time once', async () => {
  const shared = new SharedClock('2026-06-01T01:58:00Z');
  const runs: string[] = [];
  const notices: string[] = [];
  const works: Promise<void>[] = [];
  const work = async (ledger: Ledger, dueAt: Date): Promise<void> => {
    runs.push(dueAt.toISOString().slice(11, 16));
    await (await ledger.begin(header(dueAt))).end('finished');
  };
  const start = (name: string, ledger: Ledger) =>
    new Scheduler({
      folder: folder.path,
      schedules: ledger.schedules,
      clock: shared.clock,
      run: (_, dueAt) => {
        works.push(work(ledger, dueAt));
        return works.at(-1) ?? Promise.resolve();
      },
      tell: ({ kind }) => {
        notices.push(`${name}: ${kind}`);
      },
    });
  const ledgers = [openLedger(file()), openLedger(file())];
  const schedulers = ledgers.map((ledger, index) => start(String(index), ledger));
  await shared.settled(2);
  for (const scheduler of schedulers) scheduler.reload([job]);
  await shared.settled(2);
  for (let now = 0; now < Date.parse('2026-06-01T03:00:00Z');) {
    now = shared.next();
    await shared.settled(2);
    // Minutes pass in no time here, and a run would still go on when the next one is due.
    await Promise.all(works);
  }
  await Promise.all(schedulers.map((scheduler) => scheduler[Symbol.asyncDispose]()));
  expect(runs).toEqual([
    ...['02:00', '02:05', '02:10', '02:15', '02:20', '02:25', '02:30'],
    ...['02:35', '02:40', '02:45', '02:50', '02:55', '03:00'],
  ]);
  expect(notices).toEqual([]);
  expect(await ledgers[0]?.runs({ folder: folder.path, subject: job.file, limit: 50 })).toHaveLength(13);
  for (const ledger of ledgers) ledger.dispose();
}, 30_000);
