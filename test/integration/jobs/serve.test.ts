import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { run } from '../../../src/cli/run';
import { openLedger } from '../../../src/jobs/sqliteLedger';
import { IpmiSimulator } from '../../../src/simulators/ipmi/simulator';
import { leaveToDeadProcess } from '../../fakes/deadProcess';
import { testIo } from '../../fakes/io';
import { temporaryFolder } from '../../fakes/temporaryFolder';
import { bundle } from '../../tools/bundle.mts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => {
  vi.useRealTimers();
  folder[Symbol.dispose]();
});

const job = (name: string): string => join(folder.path, '.sideband', 'jobs', name);

function writeFolder(simulator: IpmiSimulator, jobs: Readonly<Record<string, string>>): void {
  mkdirSync(job(''), { recursive: true });
  const lines = simulator.bmcs.map(
    ({ address, port }, index) => `  lab-0${index + 1}: { host: ${address}, ports: { ipmi: ${port} }, profile: bmc }`,
  );
  const fleet = `version: 1\nprofiles: { bmc: { ipmi: { user: admin } } }\ncomputers:\n${lines.join('\n')}\n`;
  writeFileSync(join(folder.path, '.sideband', 'fleet.yaml'), fleet);
  for (const [name, text] of Object.entries(jobs)) writeFileSync(job(name), text);
}

/** `sideband serve` in this process, and a way to wait for what it prints. */
function serve(...options: readonly string[]) {
  const env = { SIDEBAND_SECRET_BMC_IPMI: 'demo', SIDEBAND_STATE: join(folder.path, 'state') };
  const terminal = testIo({ cwd: folder.path, env });
  let told: (() => void) | undefined;
  const io = {
    ...terminal,
    out: (text: string) => {
      terminal.out(text);
      told?.();
    },
  };
  const ended = run(['serve', ...options], io);
  return {
    ended,
    interrupt: () => {
      terminal.interrupt();
    },
    stdout: () => terminal.stdout,
    stderr: () => terminal.stderr,
    lines: () => terminal.stdout.trimEnd().split('\n'),
    async until(text: string): Promise<void> {
      while (!terminal.stdout.includes(text)) {
        await new Promise<void>((done) => {
          told = done;
        });
      }
    },
  };
}

/** It is seconds after 10:01 UTC, and somebody looked after the job until a minute before: 10:01 is due, however long the start takes. */
async function dueNow(name: string): Promise<void> {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-06-01T10:01:05Z'), shouldAdvanceTime: true });
  const ledger = openLedger(join(folder.path, 'state', 'ledger.sqlite'));
  const key = `.sideband/jobs/${name} (* * * * *, Europe/Berlin)`;
  await ledger.schedules.lookAfter(folder.path, key, new Date('2026-06-01T10:00:30Z'));
  ledger.dispose();
}

const everyMinute = `name: Look\ntargets: '*'\nschedule: { cron: '* * * * *', timezone: Europe/Berlin }\n`;

test('runs what is due, says so, reads changed files and ends cleanly', async () => {
  await using simulator = await IpmiSimulator.start({ bmcs: [{ on: true }, {}] });
  writeFolder(simulator, { 'look.yaml': `${everyMinute}steps: [{ uses: power.status }]\n` });
  await dueNow('look.yaml');
  const served = serve();
  await served.until('2 done');
  writeFileSync(
    job('broken.yaml'),
    `name: Broken\ntargets: '*'\nschedule: '0 2 * *'\nsteps: [{ uses: power.status }]\n`,
  );
  await served.until('broken.yaml:3:11');
  served.interrupt();
  expect(await served.ended).toBe(0);

  const ledger = openLedger(join(folder.path, 'state', 'ledger.sqlite'));
  const [summary] = await ledger.runs({ limit: 10 });
  const record = await ledger.run(summary?.id ?? '');
  ledger.dispose();
  expect(record).toMatchObject({
    subject: '.sideband/jobs/look.yaml',
    state: 'finished',
    counts: { done: 2 },
    job: { dueAt: '2026-06-01T10:01:00.000Z' },
  });
  const file = '.sideband/jobs/look.yaml (Look)';
  const next = (time: string, utc: string) => `${file}: next Mon 2026-06-01 ${time} Europe/Berlin (${utc} UTC)`;
  const id = record?.id ?? '';
  expect(served.lines().map((line) => line.replace(/^2026-06-01T10:0\d:\d\dZ /, '').replace(/\d+ ms/, 'N ms'))).toEqual(
    [
      `serving ${folder.path}; Ctrl-C ends it`,
      next('12:02', '10:02'),
      `${file}: run ${id} begins on 2 computers, due Mon 2026-06-01 12:01 Europe/Berlin (10:01 UTC)`,
      `${file}: run ${id} ended after N ms: 2 done`,
      '.sideband/jobs/broken.yaml:3:11: five fields are expected, minute, hour, day, month and day of the week, such as 0 2 * * 6, not 4',
      next('12:02', '10:02'),
      'ending',
    ],
  );
  expect(served.stderr()).toBe('');
});

test('the first interrupt lets a run come to its end, the second breaks off', async () => {
  await using simulator = await IpmiSimulator.start({ bmcs: [{ on: false }] });
  const steps = `steps: [{ uses: wait.for, with: { power: 'on', timeout: 10m } }, { uses: power.on }]\n`;
  writeFolder(simulator, { 'wait.yaml': `${everyMinute}${steps}` });
  await dueNow('wait.yaml');
  const served = serve('--json');
  await served.until('"event":"begin"');
  served.interrupt();
  await served.until('"event":"ending"');
  served.interrupt();
  expect(await served.ended).toBe(3);
  const events = served.lines().map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
  expect(events).toMatchObject([
    { event: 'ready', folder: folder.path },
    {
      event: 'watch',
      file: '.sideband/jobs/wait.yaml',
      title: 'Look',
      cron: '* * * * *',
      timezone: 'Europe/Berlin',
      missed: 'skip',
      nextAt: '2026-06-01T10:02:00.000Z',
    },
    { event: 'begin', file: '.sideband/jobs/wait.yaml', dueAt: '2026-06-01T10:01:00.000Z', computers: 1 },
    { event: 'ending', underWay: ['1 run'] },
    { event: 'end', dueAt: '2026-06-01T10:01:00.000Z', cancelled: true },
  ]);
  expect(simulator.bmcs[0]?.bmc.machine.acts).toEqual([]);
});

test('what the policy forbids is refused, and told', async () => {
  await using simulator = await IpmiSimulator.start({ bmcs: [{ on: true }] });
  writeFolder(simulator, { 'off.yaml': `${everyMinute}steps: [{ uses: power.off }]\n` });
  writeFileSync(join(folder.path, '.sideband', 'policy.yaml'), `version: 1\nprotected: lab-01\n`);
  await dueNow('off.yaml');
  const served = serve();
  await served.until('failed');
  served.interrupt();
  expect(await served.ended).toBe(0);
  expect(served.stdout()).toContain(
    'off.yaml: the run for Mon 2026-06-01 12:01 Europe/Berlin (10:01 UTC) failed: policy.yaml: protected: lab-01 may not be touched',
  );
  expect(simulator.bmcs[0]?.bmc.machine.acts).toEqual([]);
});

test('a folder without schedules is waited in', async () => {
  const served = serve();
  await served.until('has a schedule');
  served.interrupt();
  expect(await served.ended).toBe(0);
  expect(served.stdout()).toContain(`no job of ${folder.path} has a schedule`);
});

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s ends it cleanly',
  async (signal) => {
    const cli = await bundle(
      `import { runProcess } from './src/cli/engine'; void runProcess(process.argv.slice(2));`,
      join(folder.path, 'cli.cjs'),
    );
    const env = { ...process.env, SIDEBAND_STATE: join(folder.path, 'state') };
    const child = spawn(process.execPath, [cli, 'serve', '--folder', folder.path], {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exited = once(child, 'exit');
    let output = '';
    for await (const part of child.stdout.setEncoding('utf8')) {
      output += String(part);
      if (output.endsWith('has a schedule\n')) child.kill(signal);
    }
    expect(await exited).toEqual([0, null]);
    expect(output).toMatch(/Z ending\n$/);
  },
  30_000,
);

test('a run that a schedule began and whose process died is gone on with, once', async () => {
  await using simulator = await IpmiSimulator.start({ bmcs: [{ on: false }, { on: false }] });
  const file = '.sideband/jobs/wake.yaml';
  const text = "name: Wake\ntargets: '*'\nsteps: [{ uses: power.on }]\n";
  writeFolder(simulator, { 'wake.yaml': text });
  const state = join(folder.path, 'state', 'ledger.sqlite');
  const ledger = openLedger(state);
  const begin = (title: string, scheduled: { readonly dueAt?: string }) =>
    ledger.begin({
      ...{
        subject: file,
        title,
        danger: 'disruptive',
        parameters: {},
        targets: '*',
        folder: folder.path,
        planHash: '',
      },
      computers: ['lab-01', 'lab-02'],
      job: {
        source: { file, texts: { [file]: text }, inputs: {} },
        steps: [{ id: 'step-1', title: 'Power On', uses: 'power.on', role: 'step' }],
        ...scheduled,
      },
    });
  const byHand = await begin('By hand', {});
  const due = await begin('Wake', { dueAt: '2026-06-01T10:01:00.000Z' });
  ledger.dispose();
  leaveToDeadProcess(state);

  const served = serve();
  await served.until(`run ${due.id} ended`);
  served.interrupt();
  expect(await served.ended).toBe(0);

  expect(served.stdout()).toContain(`${file} (Wake): run ${due.id} was interrupted; it goes on with 2 computers`);
  expect(simulator.bmcs.map(({ bmc }) => bmc.machine.on)).toEqual([true, true]);
  const after = openLedger(state);
  expect(await after.run(due.id)).toMatchObject({ state: 'finished', counts: { done: 2 } });
  expect(await after.run(byHand.id)).toMatchObject({ state: 'interrupted' });
  after.dispose();
});
