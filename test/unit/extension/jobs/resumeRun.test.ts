import { join } from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import { SidebandError } from '../../../../src/base/errors';
import { tellOfCancelling } from '../../../../src/extension/jobs/cancelRun';
import { runJob } from '../../../../src/extension/jobs/jobCommands';
import { LiveRuns } from '../../../../src/extension/jobs/liveRuns';
import { resumeRun } from '../../../../src/extension/jobs/resumeRun';
import { exportRun } from '../../../../src/extension/jobs/runExports';
import { rerunFailed } from '../../../../src/extension/operationCommands';
import { fake, resetFake, Uri } from '../../../fakes/vscode';
import { type JobStage, jobStage } from './stage';
import { jobWorkbench } from './workbench';

const opened = vi.hoisted((): string[] => []);
vi.mock('../../../../src/extension/panels/openRun', () => ({
  openRunBeside: (_: unknown, id: string) => Promise.resolve(void opened.push(id)),
}));

beforeEach(() => {
  resetFake();
  opened.length = 0;
});

const names = ['lab-01', 'lab-02', 'lab-03'];
const jobOf = (uses: string, more = ''): string => `name: Evening\ntargets: '*'\n${more}steps:\n  - uses: ${uses}\n`;
const acts = ({ devices }: JobStage): readonly string[] =>
  [...devices].flatMap(([name, { calls }]) => calls.filter((call) => call !== 'open').map((call) => `${name} ${call}`));

/** Begins the job, with one question that is answered with yes. */
function begin(scene: JobStage, { workbench }: ReturnType<typeof jobWorkbench>): Promise<void> {
  fake.modals = ['Evening'];
  return runJob(workbench, Uri.file(join(scene.folder, '.sideband', 'jobs', 'evening.yaml')));
}

function gate() {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  return {
    promise: promise.then(() => undefined),
    open: () => {
      resolve(undefined);
    },
  };
}

test('a window that is closed in the middle leaves the run to be resumed, and nothing is done twice', async () => {
  using scene = jobStage({ 'evening.yaml': jobOf('power.reset', 'strategy: { concurrency: 2 }\n') }, names);
  const bench = jobWorkbench(scene);
  const { promise, open } = gate();
  scene.devices.get('lab-02')!.gate = promise;
  scene.devices.get('lab-03')!.gate = promise;
  const run = begin(scene, bench);
  await vi.waitFor(() => {
    expect(scene.ledger.lines).toContain('close lab-01 done');
  });
  await scene.liveRuns[Symbol.asyncDispose]();
  open();
  await run;
  expect(scene.ledger.lines.filter((line) => /lab-0[23]|^end/.test(line))).toEqual([]);
  expect(acts(scene)).toEqual(['lab-01 reset']);
  scene.ledger.die();
  await expect(scene.ledger.run('run-1')).resolves.toMatchObject({ state: 'interrupted' });

  fake.modals = ['Evening'];
  fake.said = [];
  const next = jobWorkbench({ ...scene, liveRuns: new LiveRuns() });
  await resumeRun(next.workbench, 'run-1');
  expect(fake.asked.at(-1)).toMatchObject({ kind: 'modal', title: 'Evening: 2 computers?' });
  expect(next.calls[0]).toBe('passwords of 3 for ipmi');
  expect(acts(scene)).toEqual(['lab-01 reset', 'lab-02 reset', 'lab-03 reset']);
  expect(scene.ledger.lines.at(-1)).toBe('end finished');
  expect(fake.said).toEqual(['Evening: 3 done.']);
  expect(opened).toEqual(['run-1', 'run-1']);
});

test('what cannot be resumed is told with the reason', async () => {
  using scene = jobStage({ 'evening.yaml': jobOf('power.off') }, names);
  const bench = jobWorkbench(scene);
  await resumeRun(bench.workbench, 'run-9');
  await begin(scene, bench);
  const head = { danger: 'safe', parameters: {}, targets: '*', folder: scene.folder, planHash: '' } as const;
  await scene.ledger.begin({ ...head, subject: 'power.off', title: 'Power Off', computers: ['lab-01'] });
  fake.said = [];
  await resumeRun(bench.workbench, 'run-9');
  await resumeRun(bench.workbench, 'run-1');
  await resumeRun(bench.workbench, 'run-2');
  expect(fake.said[0]).toBe('No run run-9 is recorded.');
  expect(fake.said[1]).toMatch(/^Evening: the run run-1 has ended\. /);
  expect(fake.said[2]).toMatch(/^run-2: run run-2 is of one operation, not of a job\. /);
  fake.trusted = false;
  await resumeRun(bench.workbench, 'run-1');
  expect(fake.said).toHaveLength(3);
});

test('the failed ones are done again; who is left alone is told with the reason', async () => {
  using scene = jobStage({ 'evening.yaml': jobOf('power.reset', 'strategy: { failFast: 3 }\n') }, names);
  const bench = jobWorkbench(scene);
  const [, second, third] = [...scene.devices.values()];
  second!.fail('requestPower', new SidebandError('operation.timeout', 'lab-02: too late', { effect: 'unknown' }));
  third!.fail('open', new SidebandError('connect.timeout', 'lab-03: nothing answers'));
  await begin(scene, bench);
  expect(fake.said).toEqual(['Evening: 1 failed, 1 unknown, 1 done.']);
  third!.failures.clear();
  fake.modals = ['Evening'];
  await rerunFailed(bench.workbench, 'run-1');
  expect(fake.said.slice(1)).toEqual([
    'Evening: lab-02 left out: it may have happened, and doing it twice does harm.',
    'Evening: 1 done.',
  ]);
  expect(fake.asked.at(-1)).toMatchObject({ title: 'Evening: lab-03?' });
  expect(scene.ledger.headers.at(-1)).toMatchObject({ rerunOf: 'run-1', computers: ['lab-03'] });
  await rerunFailed(bench.workbench, 'run-2');
  expect(fake.said.at(-1)).toMatch(/^Evening: run run-2 leaves nothing to do again\. /);
});

test('a run winds down when its notification is cancelled, and stops when the user says so', async () => {
  using scene = jobStage({ 'evening.yaml': jobOf('power.off', 'strategy: { concurrency: 1 }\n') }, names);
  const bench = jobWorkbench(scene);
  const telling = tellOfCancelling(scene.liveRuns);
  const cancelled: string[] = [];
  scene.liveRuns.onDidCancel(({ cancelling }) => cancelled.push(cancelling));
  const { promise, open } = gate();
  scene.devices.get('lab-01')!.gate = promise;
  const run = begin(scene, bench);
  await vi.waitFor(() => {
    expect(scene.devices.get('lab-01')!.calls).toEqual(['open']);
  });
  fake.answers = ['Stop Now'];
  fake.cancel.fire();
  expect(scene.liveRuns.cancelling('run-1')).toBe('windingDown');
  await run;
  open();
  telling.dispose();
  expect(cancelled).toEqual(['windingDown', 'stopping']);
  expect(fake.said).toEqual([
    'Evening winds down: what is in flight ends, its “finally” steps run, and nothing else begins.',
    'Evening was cancelled: 3 cancelled.',
  ]);
  expect(acts(scene)).toEqual([]);
  expect(scene.ledger.lines.at(-1)).toBe('end cancelled');
});

test('a run that is cancelled before it is recorded never begins', async () => {
  using scene = jobStage({ 'evening.yaml': jobOf('power.off') }, names);
  const { workbench } = jobWorkbench(scene);
  Object.assign(workbench.passwords, {
    ensure: () => {
      fake.cancel.fire();
      return Promise.resolve();
    },
  });
  await begin(scene, { workbench, calls: [], documents: [] });
  expect([scene.ledger.lines, fake.said, fake.asked]).toEqual([[], [], []]);
});

test('a report of a run is written in the format and the place that the user chooses', async () => {
  using scene = jobStage({ 'evening.yaml': jobOf('power.off') }, names);
  const bench = jobWorkbench(scene);
  await begin(scene, bench);
  fake.picks = ['JUnit', 'CSV'];
  fake.files = ['/reports/evening.xml'];
  await exportRun(bench.workbench, 'run-1');
  expect(fake.asked.slice(-2)).toEqual([
    { kind: 'pick', title: 'Export Evening (run-1)' },
    { kind: 'file', title: 'Export as JUnit' },
  ]);
  expect([...fake.written.keys()]).toEqual(['/reports/evening.xml']);
  expect(fake.written.get('/reports/evening.xml')).toContain('<testcase');
  await exportRun(bench.workbench, 'run-1');
  await exportRun(bench.workbench, 'run-1');
  expect(fake.written.size).toBe(1);
});
