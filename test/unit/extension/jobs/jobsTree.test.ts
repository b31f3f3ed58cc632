import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { JobsItem } from '../../../../src/extension/jobs/jobItems';
import { JobsTree } from '../../../../src/extension/jobs/jobsTree';
import { done } from '../../../fakes/ledgers';
import { EventEmitter, resetFake } from '../../../fakes/vscode';
import { type JobStage, jobStage } from './stage';

beforeEach(() => {
  resetFake();
  vi.useFakeTimers({ now: new Date('2026-06-04T12:00:00Z'), toFake: ['Date', 'setTimeout', 'clearTimeout'] });
  vi.stubEnv('TZ', 'Europe/Oslo');
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

const steps = 'steps:\n  - uses: power.status\n';
const patch = `name: Patch\ndescription: Patches\ntargets: '*'\nschedule: '0 2 * * sat'\ntimezone: Europe/Oslo\n${steps}`;
const plain = `name: Plain\ntargets: '*'\n${steps}finally:\n  - uses: power.status\n`;

function treeOf(...stages: readonly JobStage[]) {
  const sources = stages.map(({ folder, session, ledger }, index) => ({
    folder,
    title: `folder ${index + 1}`,
    world: session.jobWorld,
    ledger,
  }));
  const changes = new EventEmitter<JobsItem[] | undefined>();
  const fired: unknown[] = [];
  changes.event((items) => fired.push(items));
  return { tree: new JobsTree(() => sources, changes), fired };
}

async function run({ ledger, folder }: JobStage, subject: string, outcome: 'done' | 'failed'): Promise<void> {
  const header = { subject, title: subject, danger: 'safe', parameters: {}, targets: '*', folder } as const;
  const writer = await ledger.begin({ ...header, planHash: '', computers: ['lab-01'] });
  await writer.close({ ...done('lab-01'), ok: outcome === 'done', outcome });
  await writer.end('finished');
}

const rows = async (tree: JobsTree, parent?: JobsItem) =>
  (await tree.getChildren(parent)).map(({ label, description, contextValue }) => [label, description, contextValue]);

test('jobs say how they ended last and when they are due next', async () => {
  using stage = jobStage({ 'patch.yaml': patch, 'rack/plain.yaml': plain });
  await run(stage, '.sideband/jobs/patch.yaml', 'failed');
  await run(stage, '.sideband/jobs/patch.yaml', 'done');
  await run(stage, '.sideband/jobs/rack/plain.yaml', 'failed');
  vi.setSystemTime(new Date('2026-06-04T14:00:00Z'));
  const { tree } = treeOf(stage);
  expect(await rows(tree)).toEqual([
    ['Patch', 'last: done 2 h ago · next Sat 02:00', 'job'],
    ['Plain', 'last: failed 2 h ago', 'job'],
  ]);
  const [first, second] = await tree.getChildren();
  expect([first?.iconPath, second?.iconPath]).toMatchObject([{ id: 'pass' }, { id: 'error' }]);
  expect(first?.command).toMatchObject({ command: 'vscode.open' });
  expect(first?.resourceUri?.path).toBe(join(stage.folder, '.sideband/jobs/patch.yaml'));
  expect(first?.tooltip).toBe(
    `Patch
.sideband/jobs/patch.yaml
Patches
Targets: *
1 step
Schedule: 0 2 * * sat Europe/Oslo; next Sat 2026-06-06 02:00 Europe/Oslo (00:00 UTC)
Last run: run-2, ${new Date('2026-06-04T12:00:00Z').toLocaleString()}`,
  );
});

test('a job that was never run shows whether it has a schedule; another zone than that of the window is named', async () => {
  using stage = jobStage({ 'a.yaml': patch.replace('Europe/Oslo', 'Asia/Tokyo'), 'b.yaml': plain });
  const { tree } = treeOf(stage);
  expect(await rows(tree)).toEqual([
    ['Patch', 'next Sat 02:00 Asia/Tokyo', 'job'],
    ['Plain', '', 'job'],
  ]);
  const icons = (await tree.getChildren()).map(({ iconPath }) => iconPath);
  expect(icons).toMatchObject([{ id: 'calendar' }, { id: 'circle-outline' }]);
});

test('mistakes are below the job that has them, each with the way to its place', async () => {
  const caller = `name: Caller\ntargets: '@bild'\nsteps:\n  - uses: run.job\n    with: { job: called.yaml }\n`;
  using stage = jobStage({ 'called.yaml': `${plain}shcedule: x\n`, 'caller.yaml': caller });
  const { tree } = treeOf(stage);
  expect(await rows(tree)).toEqual([
    ['called', '1 mistake', 'job mistaken'],
    ['caller', '2 mistakes', 'job mistaken'],
  ]);
  const [, item] = await tree.getChildren();
  expect(await rows(tree, item)).toEqual([
    ['"shcedule" is not known here. Did you mean "schedule"?', 'called 7:1', 'mistake'],
    ['no group "@bild" is in the fleet. Did you mean "build"?', '2:10', 'mistake'],
  ]);
  const [mistake] = await tree.getChildren(item);
  const [uri, options] = mistake?.command?.arguments as [{ path: string }, unknown];
  expect(uri.path).toBe(join(stage.folder, '.sideband/jobs/called.yaml'));
  expect(options).toEqual({ selection: { start: { line: 6, character: 0 }, end: { line: 6, character: 8 } } });
});

test('jobs of several folders say of which they are', async () => {
  using one = jobStage({ 'a.yaml': plain });
  using two = jobStage({ 'a.yaml': patch });
  expect(await rows(treeOf(one, two).tree)).toEqual([
    ['Plain', 'folder 1', 'job'],
    ['Patch', 'folder 2 · next Sat 02:00', 'job'],
  ]);
});

test('the files are read once, until they change; runs are told as they come', async () => {
  using stage = jobStage({ 'a.yaml': plain });
  const { tree, fired } = treeOf(stage);
  expect(await rows(tree)).toEqual([['Plain', '', 'job']]);
  stage.write('a.yaml', plain.replace('Plain', 'Other'));
  await run(stage, '.sideband/jobs/a.yaml', 'done');
  tree.refresh('runs');
  await vi.advanceTimersByTimeAsync(200);
  await vi.waitFor(() => {
    expect(fired).toHaveLength(1);
  });
  expect(await rows(tree)).toEqual([['Plain', 'last: done 0 s ago', 'job']]);
  tree.refresh('files');
  await vi.advanceTimersByTimeAsync(200);
  expect(await rows(tree)).toEqual([['Other', 'last: done 0 s ago', 'job']]);
});
