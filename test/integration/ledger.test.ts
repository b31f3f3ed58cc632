import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { run } from '../../src/cli/run';
import type { RunHeader, RunRecord } from '../../src/jobs/ledger';
import { selectForRerun } from '../../src/jobs/rerun';
import { openLedger } from '../../src/jobs/sqliteLedger';
import { IpmiSimulator } from '../../src/simulators/ipmi/simulator';
import { bundle } from '../tools/bundle.mts';
import { testIo } from '../fakes/io';
import { temporaryFolder } from '../fakes/temporaryFolder';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => {
  folder[Symbol.dispose]();
});

const file = (): string => join(folder.path, 'state', 'ledger.sqlite');
const header = (computers: readonly string[]): RunHeader => ({
  subject: 'power.cycle',
  title: 'Power Cycle',
  danger: 'disruptive',
  parameters: {},
  targets: '*',
  folder: folder.path,
  planHash: '0123456789ab',
  computers,
});
const done = (computer: string) =>
  ({ computer, ok: true, outcome: 'done', technology: 'ipmi', durationMs: 5 }) as const;

test('a run is read back as it was written, and its file is the user’s alone', async () => {
  const ledger = openLedger(file());
  const writer = await ledger.begin(header(['a', 'b', 'c']));
  await writer.intend({ computer: 'a', technology: 'ipmi' });
  await writer.close(done('a'));
  await writer.intend({ computer: 'b', technology: 'ipmi' });
  expect(await ledger.run(writer.id)).toMatchObject({
    state: 'running',
    counts: { done: 1, running: 1, 'not-begun': 1 },
    results: [done('a'), { computer: 'b', outcome: 'running' }, { computer: 'c', outcome: 'not-begun' }],
  });
  await writer.end('cancelled');
  expect(await ledger.runs({ folder: folder.path, limit: 10 })).toMatchObject([{ id: writer.id, state: 'cancelled' }]);
  expect(await ledger.runs({ folder: '/elsewhere', limit: 10 })).toEqual([]);
  expect(await ledger.lastRun(folder.path)).toMatchObject({ id: writer.id, subject: 'power.cycle' });
  expect(await ledger.lastRun('/elsewhere')).toBeUndefined();
  expect(await ledger.run('nope')).toBeUndefined();
  expect(statSync(file()).mode & 0o777).toBe(0o600);
  ledger.dispose();
});

test('reading needs no file and makes none', async () => {
  const ledger = openLedger(file());
  expect(await ledger.runs({ limit: 10 })).toEqual([]);
  expect(await ledger.lastRun(folder.path)).toBeUndefined();
  expect(existsSync(file())).toBe(false);
  ledger.dispose();
});

test('ten thousand computers are written in many short turns', async () => {
  const names = Array.from({ length: 10_000 }, (_, index) => `n${index}`);
  const ledger = openLedger(file());
  const writer = await ledger.begin(header(names));
  await Promise.all(
    names.map(async (name) =>
      writer.intend({ computer: name, technology: 'ipmi' }).then(() => writer.close(done(name))),
    ),
  );
  await writer.end('finished');
  expect((await ledger.run(writer.id))?.counts).toEqual({ done: 10_000 });
  ledger.dispose();
});

test('two processes write at the same time and nothing is lost', async () => {
  const script = await bundle(
    `import { openLedger } from './src/jobs/sqliteLedger';
     const [file, name] = process.argv.slice(2);
     const ledger = openLedger(file);
     const names = Array.from({ length: 300 }, (_, index) => name + index);
     const header = { subject: 'x', title: 'x', danger: 'safe', parameters: {}, targets: '*', folder: name, planHash: '', computers: names };
     void (async () => {
       const writer = await ledger.begin(header);
       for (const one of names) {
         await writer.intend({ computer: one, technology: 'ipmi' });
         await writer.close({ computer: one, ok: true, outcome: 'done', durationMs: 1 });
       }
       await writer.end('finished');
       ledger.dispose();
     })();`,
    join(folder.path, 'writer.cjs'),
  );
  const codes = await Promise.all(
    ['left', 'right'].map(async (name) => {
      const child = spawn(process.execPath, [script, file(), name], { stdio: 'inherit' });
      const [code] = (await once(child, 'exit')) as [number];
      return code;
    }),
  );
  expect(codes).toEqual([0, 0]);
  const ledger = openLedger(file());
  const runs = await ledger.runs({ limit: 10 });
  expect(runs.map(({ counts, state }) => ({ counts, state }))).toEqual([
    { counts: { done: 300 }, state: 'finished' },
    { counts: { done: 300 }, state: 'finished' },
  ]);
  ledger.dispose();
}, 60_000);

test('a ledger that another process holds for long is an error, and the wait blocks nobody', async () => {
  const first = openLedger(file());
  await (await first.begin(header(['a']))).end('finished');
  first.dispose();
  const holder = new DatabaseSync(file());
  holder.exec('BEGIN EXCLUSIVE');
  const ledger = openLedger(file());
  let longestTurnMs = 0;
  let last = performance.now();
  const watch = setInterval(() => {
    const now = performance.now();
    longestTurnMs = Math.max(longestTurnMs, now - last - 5);
    last = now;
  }, 5);
  await expect(ledger.begin(header(['b']))).rejects.toMatchObject({ code: 'ledger.unavailable' });
  clearInterval(watch);
  holder.exec('ROLLBACK');
  holder.close();
  expect(longestTurnMs).toBeLessThan(200);
  await (await ledger.begin(header(['c']))).end('finished');
  ledger.dispose();
}, 30_000);

test.each<[what: string, spoil: (path: string) => void]>([
  [
    'is no database',
    (path) => {
      writeFileSync(path, 'hello, this is not a database at all, but some text');
    },
  ],
  [
    'is a folder',
    (path) => {
      mkdirSync(path);
    },
  ],
  [
    'comes from a newer version',
    (path) => {
      const database = new DatabaseSync(path);
      database.exec('PRAGMA user_version = 99');
      database.close();
    },
  ],
])('a ledger that %s lets nothing begin', async (_, spoil) => {
  mkdirSync(join(folder.path, 'state'));
  spoil(file());
  const ledger = openLedger(file());
  await expect(ledger.begin(header(['a']))).rejects.toMatchObject({ code: 'ledger.unavailable' });
  ledger.dispose();
});

test('a full disk lets nothing begin, and what was written before stays', async () => {
  const script = await bundle(
    `import { openLedger } from './src/jobs/sqliteLedger';
     const ledger = openLedger(process.argv[2]);
     const computers = Array.from({ length: 20_000 }, (_, index) => 'computer-with-a-long-name-' + index);
     const header = { subject: 'x', title: 'x', danger: 'safe', parameters: {}, targets: '*', folder: 'f', planHash: '', computers };
     process.on('SIGXFSZ', () => undefined);
     ledger.begin(header).then(() => console.log('begun'), (error) => console.log(error.code));`,
    join(folder.path, 'writer.cjs'),
  );
  const before = openLedger(file());
  await (await before.begin(header(['a']))).end('finished');
  before.dispose();
  // The shell's limit on the size of files stands for a disk that is full.
  const child = spawn('sh', ['-c', `ulimit -f 400; exec "${process.execPath}" "${script}" "${file()}"`]);
  let output = '';
  child.stdout.on('data', (text: Buffer) => {
    output += text.toString();
  });
  await once(child, 'close');
  expect(output.trim()).toBe('ledger.unavailable');
  const after = openLedger(file());
  expect(await after.runs({ limit: 10 })).toMatchObject([{ state: 'finished', counts: { 'not-begun': 1 } }]);
  after.dispose();
}, 30_000);

test('after kill -9 the ledger tells done, unknown and not begun apart, and a rerun repeats no cycle that may have happened', async () => {
  const count = 200;
  const bmcs = Array.from({ length: count }, () => ({ network: { delayMs: 15 } }));
  await using simulator = await IpmiSimulator.start({ bmcs });
  mkdirSync(join(folder.path, '.sideband'));
  const lines = simulator.bmcs.map(
    ({ port }, index) => `  n${index}: { host: 127.0.0.1, ports: { ipmi: ${port} }, profile: bmc }`,
  );
  writeFileSync(
    join(folder.path, '.sideband', 'fleet.yaml'),
    `version: 1\nprofiles: { bmc: { ipmi: { user: admin } } }\ncomputers:\n${lines.join('\n')}\n`,
  );
  const cli = await bundle(
    `import { runProcess } from './src/cli/engine'; void runProcess(process.argv.slice(2));`,
    join(folder.path, 'cli.cjs'),
  );
  const env = { SIDEBAND_SECRET_BMC_IPMI: 'demo', SIDEBAND_STATE: join(folder.path, 'state') };
  const acts = (): readonly number[] => simulator.bmcs.map(({ bmc }) => bmc.machine.acts.length);
  const acted = (): number => acts().reduce((sum, one) => sum + one, 0);

  const argv = ['do', 'power.cycle', '*', '--yes', '--concurrency', '20', '--folder', folder.path];
  const child = spawn(process.execPath, [cli, ...argv], { env: { ...process.env, ...env }, stdio: 'ignore' });
  await expect.poll(acted, { timeout: 20_000, interval: 1 }).toBeGreaterThan(count / 3);
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
  const before = acts();
  expect(acted()).toBeLessThan(count);

  const ledger = openLedger(join(folder.path, 'state', 'ledger.sqlite'));
  const record = (await ledger.lastRun(folder.path))!;
  ledger.dispose();
  expect(record.state).toBe('interrupted');
  const outcomes = record.results.map(({ outcome }) => outcome);
  expect(new Set(outcomes)).toEqual(new Set(['done', 'unknown', 'not-begun']));
  for (const [index, outcome] of outcomes.entries()) {
    if (outcome === 'done') expect(before[index]).toBe(1);
    if (outcome === 'not-begun') expect(before[index]).toBe(0);
  }
  const { rerun, left } = selectForRerun(record, false);
  expect(rerun).toEqual(
    record.results.filter(({ outcome }) => outcome === 'not-begun').map(({ computer }) => computer),
  );
  expect(left.map(({ computer }) => computer)).toEqual(
    record.results.filter(({ outcome }) => outcome === 'unknown').map(({ computer }) => computer),
  );

  const io = testIo({ cwd: folder.path, env });
  expect(await run(['rerun', 'last', '--failed', '--yes'], io)).toBe(0);
  expect(io.stderr).toContain('is left alone: it may have happened, and doing it twice does harm');
  for (const [index, outcome] of outcomes.entries()) {
    expect(acts()[index]).toBe(outcome === 'unknown' ? before[index] : 1);
  }
  expect(Math.max(...acts())).toBe(1);
}, 60_000);

test('what failed is done again, what may have happened only when that does no harm', () => {
  const results = (
    ['done', 'failed', 'unknown', 'skipped', 'cancelled', 'not-begun', 'already', 'unverified'] as const
  ).map((outcome) => ({
    computer: outcome,
    ok: ['done', 'already', 'unverified'].includes(outcome),
    outcome,
    durationMs: 0,
  }));
  const record = { results, state: 'interrupted' } as unknown as RunRecord;
  expect(selectForRerun(record, true)).toEqual({
    rerun: ['failed', 'unknown', 'skipped', 'cancelled', 'not-begun'],
    left: [],
  });
  expect(selectForRerun(record, false).left).toMatchObject([{ computer: 'unknown' }]);
  const running = { ...record, state: 'running' } as RunRecord;
  expect(selectForRerun(running, true).left).toMatchObject([
    { computer: 'not-begun', reason: 'the run is still going on' },
  ]);
});
