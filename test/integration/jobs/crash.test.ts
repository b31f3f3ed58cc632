import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { JobReport } from '../../../src/jobs/running/jobReport';
import { openLedger } from '../../../src/jobs/sqliteLedger';
import { temporaryFolder } from '../../fakes/temporaryFolder';
import { bundle } from '../../tools/bundle.mts';
import { type Ask, names, runOrResume } from './crashJob';

let folder: ReturnType<typeof temporaryFolder>;
let script: string;
beforeAll(async () => {
  folder = temporaryFolder();
  script = await bundle(
    `import { openLedger } from './src/jobs/sqliteLedger';
     import { deadly, runOrResume } from './test/integration/jobs/crashJob';
     const [file, atWrite, when] = process.argv.slice(2);
     const waiting = new Map();
     let last = 0;
     const ask = (computer, what) => new Promise((resolve) => {
       waiting.set(++last, resolve);
       process.send({ id: last, computer, what });
     });
     process.on('message', ({ id, power }) => waiting.get(id)(power));
     const ledger = openLedger(file);
     void runOrResume(deadly(ledger, Number(atWrite), when), ask).then(() => {
       ledger.dispose();
       process.disconnect();
     });`,
    join(folder.path, 'process.cjs'),
  );
});
afterAll(() => {
  folder[Symbol.dispose]();
});

/** Devices that outlive the processes that manage them, and count what they are told. */
class Devices {
  readonly power = new Map(names.map((name) => [name, 'off']));
  readonly acts: string[] = [];

  readonly ask: Ask = (computer, what) => {
    if (what !== 'read') this.acts.push(`${computer} ${what}`);
    if (what === 'on' || what === 'off') this.power.set(computer, what);
    return Promise.resolve(this.power.get(computer) ?? 'off');
  };

  count(act: string): number {
    return this.acts.filter((one) => one === act).length;
  }
}

interface Question {
  readonly id: number;
  readonly computer: string;
  readonly what: Parameters<Ask>[1];
}

/** A process that runs the job until it is killed, by itself at a write or from outside at a question. How it ended. */
async function runChild(
  file: string,
  devices: Devices,
  fate: { readonly atWrite?: number; readonly when?: 'before' | 'after'; readonly atQuestion?: number },
): Promise<{ readonly signal: string | null; readonly questions: number }> {
  const child: ChildProcess = fork(script, [file, String(fate.atWrite ?? 0), fate.when ?? 'after']);
  let questions = 0;
  child.on('message', (message) => {
    const { id, computer, what } = message as Question;
    const isLast = ++questions === fate.atQuestion;
    // The device does it all the same: what is on its way arrives.
    void devices.ask(computer, what).then((power) => {
      if (isLast) child.kill('SIGKILL');
      else if (child.connected) child.send({ id, power }, () => undefined);
    });
  });
  const [, signal] = (await once(child, 'close')) as [number | null, string | null];
  return { signal, questions };
}

async function goOn(file: string, devices: Devices): Promise<JobReport | undefined> {
  const ledger = openLedger(file);
  try {
    const state = (await ledger.lastRun('here'))?.state;
    return state === 'finished' ? undefined : await runOrResume(ledger, devices.ask);
  } finally {
    ledger.dispose();
  }
}

/** What must hold in the end, by the devices’ own counts. */
async function expectOnce(file: string, devices: Devices): Promise<void> {
  const ledger = openLedger(file);
  const record = await ledger.lastRun('here');
  const { steps = [] } = (await ledger.changes(record?.id ?? '', 0)) ?? {};
  ledger.dispose();
  expect(record?.state).toBe('finished');
  expect(record?.results.map(({ outcome }) => outcome).filter((one) => !['done', 'unknown'].includes(one))).toEqual([]);
  for (const name of names) {
    const own = steps.filter(({ computer }) => computer === name).sort((one, other) => one.step - other.step);
    const cycles = own.slice(1, 3).map(({ outcome }) => outcome);
    const cycled = devices.count(`${name} cycle`);
    expect(cycled, name).toBeLessThanOrEqual(cycles.filter((outcome) => outcome !== 'skipped').length);
    expect(cycled, name).toBeGreaterThanOrEqual(cycles.filter((outcome) => outcome === 'done').length);
    expect(own.filter(({ outcome }) => outcome === 'unknown').length, name).toBeLessThanOrEqual(1);
    expect(devices.count(`${name} on`), name).toBe(1);
    expect(devices.count(`${name} off`), name).toBe(1);
  }
}

/** So many at a time. */
async function inTurns<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const left = [...items];
  const lane = async (): Promise<void> => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item);
  };
  await Promise.all([lane(), lane(), lane()]);
}

test('a process that dies at any write does nothing twice, and another one brings it to its end', async () => {
  const fates = Array.from({ length: 29 }, (_, index) => index + 1).flatMap((atWrite) => [
    { atWrite, when: 'before' as const },
    { atWrite, when: 'after' as const },
  ]);
  await inTurns(fates, async (fate) => {
    const file = join(folder.path, `write-${fate.atWrite}-${fate.when}`, 'ledger.sqlite');
    const devices = new Devices();
    expect(await runChild(file, devices, fate)).toMatchObject({ signal: 'SIGKILL' });
    await goOn(file, devices);
    await expectOnce(file, devices);
  });
}, 120_000);

test('a process that is killed while devices answer does nothing twice', async () => {
  await inTurns([1, 2, 3, 5, 8, 11, 14, 17, 20, 22], async (atQuestion) => {
    const file = join(folder.path, `question-${atQuestion}`, 'ledger.sqlite');
    const devices = new Devices();
    expect(await runChild(file, devices, { atQuestion })).toMatchObject({ signal: 'SIGKILL' });
    // And the next one, too.
    await runChild(file, devices, { atQuestion: 2 });
    await goOn(file, devices);
    await expectOnce(file, devices);
  });
}, 120_000);

test('a process that lives to the end does all of it', async () => {
  const file = join(folder.path, 'whole', 'ledger.sqlite');
  const devices = new Devices();
  expect(await runChild(file, devices, {})).toEqual({ signal: null, questions: 24 });
  await expectOnce(file, devices);
  expect(devices.acts.toSorted()).toEqual([
    'c0 cycle',
    'c0 cycle',
    'c0 off',
    'c0 on',
    'c1 cycle',
    'c1 cycle',
    'c1 off',
    'c1 on',
    'c2 cycle',
    'c2 cycle',
    'c2 off',
    'c2 on',
  ]);
}, 30_000);
