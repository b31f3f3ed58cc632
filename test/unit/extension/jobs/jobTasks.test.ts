import { beforeEach, expect, test, vi } from 'vitest';
import type * as vscode from 'vscode';
import { JobTerminal } from '../../../../src/extension/jobs/jobTerminal';
import { provideJobTasks, resolveJobTask } from '../../../../src/extension/jobs/jobTasks';
import type { Workbench } from '../../../../src/extension/workbench';
import { fake, resetFake, Task, TaskScope, Uri } from '../../../fakes/vscode';
import { type JobStage, jobStage } from './stage';

beforeEach(resetFake);

const steps = 'steps:\n  - uses: power.off\n';
const off = `name: Off\ntargets: '*'\n${steps}`;

function workbenchOf({ session, liveRuns, log }: JobStage): Workbench {
  return {
    sessions: [session],
    liveRuns,
    logs: log,
    passwords: { ensure: () => Promise.resolve(), ensureOf: () => Promise.resolve() },
    runs: { progress: () => undefined },
    assertTrusted: () => fake.trusted,
  } as unknown as Workbench;
}

interface Shown {
  readonly terminal: JobTerminal;
  readonly text: () => string;
  readonly ended: Promise<number>;
}

function show(stage: JobStage, definition: Readonly<Record<string, unknown>>): Shown {
  const terminal = new JobTerminal(workbenchOf(stage), stage.session, { type: 'sideband', ...definition });
  let text = '';
  terminal.onDidWrite((written) => (text += written));
  const ended = new Promise<number>((resolve) => terminal.onDidClose(resolve));
  terminal.open();
  return { terminal, text: () => text, ended };
}

test('for every job there are its three tasks, whose mistakes go into the Problems view', async () => {
  using stage = jobStage({ 'off.yaml': off, 'rack/on.yaml': off });
  const tasks = (await provideJobTasks(workbenchOf(stage))) as unknown as readonly Task[];
  expect(tasks.map(({ name }) => name)).toEqual([
    'check off',
    'plan off',
    'run off',
    'check rack/on',
    'plan rack/on',
    'run rack/on',
  ]);
  expect(tasks[1]).toMatchObject({
    definition: { type: 'sideband', job: '.sideband/jobs/off.yaml', action: 'plan' },
    scope: { uri: { path: stage.folder } },
    source: 'sideband',
    problemMatchers: '$sideband',
  });
});

test('a task of tasks.json is for its folder, and gets what its variables stand for', async () => {
  using stage = jobStage({ 'off.yaml': off });
  const definition = { type: 'sideband', job: '${input:job}', action: 'check' };
  const given = new Task(definition, { uri: Uri.file(stage.folder) }, 'mine', '', undefined as never, undefined);
  const task = resolveJobTask(workbenchOf(stage), given as unknown as vscode.Task) as unknown as Task;
  expect([task.name, task.definition]).toEqual(['mine', definition]);
  const terminal = (await task.execution.callback({ ...definition, job: 'off' })) as JobTerminal;
  const ended = new Promise<number>((resolve) => terminal.onDidClose(resolve));
  terminal.open();
  expect(await ended).toBe(0);
  const nameless = new Task({ type: 'sideband' }, TaskScope.Workspace, 'x', '', undefined as never, undefined);
  expect(resolveJobTask(workbenchOf(stage), nameless as unknown as vscode.Task)).toBeUndefined();
});

test('check prints each mistake as the problem matcher reads it', async () => {
  using stage = jobStage({ 'off.yaml': `${off}shcedule: x\n` });
  const { text, ended } = show(stage, { job: '.sideband/jobs/off.yaml', action: 'check' });
  expect(await ended).toBe(2);
  expect(text()).toBe('.sideband/jobs/off.yaml:5:1: "shcedule" is not known here. Did you mean "schedule"?\r\n');
});

test('plan shows what would happen, does nothing, and is kept', async () => {
  using stage = jobStage({ 'off.yaml': off });
  const { text, ended } = show(stage, { job: 'off', action: 'plan' });
  expect(await ended).toBe(0);
  expect(text()).toContain('on → off');
  const [line] = stage.ledger.lines;
  expect(line).toMatch(/^plan [0-9a-f]{12}$/);
  expect(stage.ledger.lines).toHaveLength(1);
  expect(stage.devices.get('lab-01')?.power).toBe('on');
});

test('run asks in the editor, and prints a line for each computer', async () => {
  using stage = jobStage({ 'off.yaml': off }, ['lab-01', 'lab-02']);
  fake.modals = ['Off'];
  const { text, ended } = show(stage, { job: 'off', targets: 'lab-02' });
  expect(await ended).toBe(0);
  expect(fake.asked).toMatchObject([{ kind: 'modal', title: 'Off: lab-02?' }]);
  expect(text()).toMatch(/^run run-1\r\nlab-02 {4}done .*\r\n1 done in \S+ ms; run run-1\r\n$/);
  expect(stage.devices.get('lab-01')?.power).toBe('on');
});

test('without a yes nothing is done', async () => {
  using stage = jobStage({ 'off.yaml': off });
  const { text, ended } = show(stage, { job: 'off' });
  expect(await ended).toBe(3);
  expect(text()).toBe('sideband: Off was not confirmed; nothing was done\r\n');
  expect(stage.ledger.lines).toEqual([]);
});

const asks = `inputs:\n  who: { type: choice, options: [lab-01, lab-02] }\n${off.replace("'*'", "'${{ inputs.who }}'")}`;

test.each([
  ['a job that is not there', { job: 'of' }, 2, 'there is no job of. Did you mean "off"?'],
  ['an action that is none', { job: 'off', action: 'rn' }, 2, 'action of the task: check, plan, run is expected'],
  ['inputs that are a list', { job: 'off', inputs: ['x'] }, 2, 'inputs of the task: a mapping is expected'],
  ['an input that it does not take', { job: 'asks', inputs: { wh: 'lab-01' } }, 2, 'Did you mean "who"?'],
  ['targets that match nothing', { job: 'off', targets: 'site=rome' }, 5, '"site=rome" matches no computer'],
])('%s is said, and nothing is done', async (_, definition, code, message) => {
  using stage = jobStage({ 'off.yaml': off, 'asks.yaml': asks });
  const { text, ended } = show(stage, definition);
  expect(await ended).toBe(code);
  expect(text()).toContain(message);
  expect(stage.ledger.lines).toEqual([]);
});

test('a task contacts nobody before the folder is trusted', async () => {
  using stage = jobStage({ 'off.yaml': off });
  fake.trusted = false;
  expect(await show(stage, { job: 'off', action: 'check' }).ended).toBe(0);
  expect(await show(stage, { job: 'off', action: 'plan' }).ended).toBe(4);
  expect(stage.devices.get('lab-01')?.calls).toEqual([]);
});

test('ending the task winds the run down, and once more stops it', async () => {
  using stage = jobStage({ 'off.yaml': off });
  fake.modals = ['Off'];
  stage.devices.get('lab-01')!.gate = new Promise(() => undefined);
  const { terminal, ended } = show(stage, { job: 'off' });
  await vi.waitFor(() => {
    expect(stage.devices.get('lab-01')?.calls).toEqual(['open']);
  });
  terminal.handleInput('x\u0003');
  expect(stage.liveRuns.cancelling('run-1')).toBe('windingDown');
  terminal.close();
  expect(stage.liveRuns.cancelling('run-1')).toBe('stopping');
  expect(await ended).toBe(3);
});
