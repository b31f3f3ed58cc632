import { join } from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import { SidebandError } from '../../../../src/base/errors';
import { planJob, runJob, runJobOn } from '../../../../src/extension/jobs/jobCommands';
import { parseTargets } from '../../../../src/fleet/targets/parse';
import { fake, resetFake, textDocument, Uri } from '../../../fakes/vscode';
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

const off = `name: Evening
targets: site=oslo
steps:
  - id: off
    uses: power.off
`;
const asking = `name: Asking
targets: '\${{ inputs.who }}'
inputs:
  who: { description: Whom }
  count: { type: number, default: 3 }
  state: { type: choice, options: ['on', 'off'], default: 'on' }
  hard: { type: boolean, default: false }
steps:
  - uses: power.off
    if: inputs.count > 2 && inputs.state == 'on'
`;

const names = ['lab-01', 'lab-02'];
const uriOf = ({ folder }: JobStage, file: string): Uri => Uri.file(join(folder, '.sideband', 'jobs', file));
const acts = ({ devices }: JobStage): readonly string[] =>
  [...devices].flatMap(([name, { calls }]) => calls.filter((call) => call !== 'open').map((call) => `${name} ${call}`));
const begins = ({ ledger }: JobStage): readonly string[] => ledger.lines.filter((line) => line.startsWith('begin'));

test('a plan is shown, agreed on, read again, and run without another question; its page opens beside', async () => {
  using scene = jobStage({ 'evening.yaml': off }, names);
  const { workbench, calls, documents } = jobWorkbench(scene);
  scene.devices.get('lab-02')!.power = 'off';
  fake.answers = ['Run This Plan'];
  await planJob(workbench, uriOf(scene, 'evening.yaml'));
  expect(documents).toHaveLength(1);
  expect(documents[0]).toMatch(/^# Plan: Evening\n/);
  expect(fake.said[0]).toMatch(/^Evening: 2 of 2 computers \(plan [0-9a-f]{12}\)\.$/);
  const [, hash] = /plan ([0-9a-f]{12})/.exec(fake.said[0] ?? '') ?? [];
  expect(fake.asked).toEqual([]);
  expect(acts(scene)).toEqual(['lab-01 off']);
  expect(scene.ledger.lines.slice(0, 3)).toEqual([
    `plan ${hash ?? ''}`,
    `plan ${hash ?? ''}`,
    'begin .sideband/jobs/evening.yaml',
  ]);
  expect(scene.ledger.headers).toMatchObject([{ planHash: hash, targets: 'site=oslo', computers: names }]);
  expect(opened).toEqual(['run-1']);
  expect(fake.said.slice(1)).toEqual(['Evening: 1 done, 1 already.']);
  expect(calls).toEqual([
    'passwords of 2 for ipmi',
    'passwords of 2 for ipmi',
    'passwords of 2 for ipmi',
    'refresh',
    'progress',
    'progress',
    'refresh',
  ]);
});

test('a plan that the world has moved away from is shown anew with what has moved; without a yes nothing is done', async () => {
  using scene = jobStage({ 'evening.yaml': off }, names);
  const { workbench, documents } = jobWorkbench(scene);
  fake.answers = ['Run This Plan', 'Cancel'];
  fake.onSaid = () => {
    scene.devices.get('lab-02')!.power = 'off';
  };
  await planJob(workbench, uriOf(scene, 'evening.yaml'));
  expect(documents).toHaveLength(2);
  expect(documents[1]).toMatch(
    /^> Moved since the plan before this one:\n>\n> - lab-02 off: was on → off .*\n\n# Plan: Evening/,
  );
  expect(fake.said[1]).toMatch(/^The world has moved since the plan was made \(lab-02 off: was on → off .*\), so here/);
  expect([acts(scene), begins(scene)]).toEqual([[], []]);
});

test('its hash can be copied, and then the question is still there', async () => {
  using scene = jobStage({ 'evening.yaml': off }, names);
  const { workbench } = jobWorkbench(scene);
  fake.answers = ['Copy Hash', 'Cancel'];
  await planJob(workbench, uriOf(scene, 'evening.yaml'));
  expect(fake.said).toHaveLength(2);
  expect(fake.said[1]).toContain(`(plan ${fake.clipboard})`);
  expect(fake.clipboard).toMatch(/^[0-9a-f]{12}$/);
  await expect(scene.ledger.plan(fake.clipboard)).resolves.toMatchObject({ title: 'Evening' });
});

test('a run asks once, and may show the plan instead', async () => {
  using scene = jobStage({ 'evening.yaml': off }, names);
  const { workbench, documents } = jobWorkbench(scene);
  fake.modals = ['Show Plan'];
  fake.answers = ['Run This Plan'];
  await runJob(workbench, uriOf(scene, 'evening.yaml'));
  expect(fake.asked).toMatchObject([{ kind: 'modal', title: 'Evening: 2 computers?' }]);
  expect(fake.asked[0]?.detail).toContain('off: Power Off is disruptive, on 2 computers.');
  expect(documents).toHaveLength(1);
  expect(fake.said[1]).toBe('Evening: 2 done.');
  fake.modals = ['Evening'];
  await runJob(workbench, uriOf(scene, 'evening.yaml'));
  expect(fake.said[2]).toBe('Evening: 2 already.');
  await runJob(workbench, uriOf(scene, 'evening.yaml'));
  expect(begins(scene)).toHaveLength(2);
  expect(fake.said).toHaveLength(3);
});

test('what cannot be undone is asked about even after its plan', async () => {
  using scene = jobStage({ 'clear.yaml': "name: Clear\ntargets: '*'\nsteps:\n  - uses: sel.clear\n" }, names);
  const { workbench } = jobWorkbench(scene);
  fake.answers = ['Run This Plan'];
  await planJob(workbench, uriOf(scene, 'clear.yaml'));
  expect(fake.asked).toMatchObject([{ kind: 'modal', title: 'Clear: 2 computers?' }]);
  expect(begins(scene)).toEqual([]);
});

test('failures are told first, with why it stopped, and can be done again from there', async () => {
  const text = `${off}strategy: { concurrency: 1, failFast: true }\n`;
  using scene = jobStage({ 'evening.yaml': text }, [...names, 'lab-03']);
  const { workbench } = jobWorkbench(scene);
  scene.devices.get('lab-02')!.fail('requestPower', new SidebandError('device.busy', 'lab-02: it is busy'));
  fake.modals = ['Evening'];
  fake.answers = ['Rerun Failed'];
  await runJob(workbench, uriOf(scene, 'evening.yaml'));
  expect(fake.said).toEqual([
    'Evening: 1 failed, 1 skipped, 1 done. It stopped early: 1 of 3 computers failed, and failFast allows 0.',
  ]);
  await vi.waitFor(() => {
    expect(fake.commands).toEqual([{ id: 'sideband.rerunFailed', args: ['run-1'] }]);
  });
});

test('a mistake in the file is told with the way to it, and nobody is asked anything', async () => {
  using scene = jobStage({ 'bad.yaml': "name: Bad\ntargets: '*'\nsteps:\n  - uses: power.offf\n" }, names);
  const { workbench } = jobWorkbench(scene);
  fake.answers = ['Go to Mistake'];
  await runJob(workbench, uriOf(scene, 'bad.yaml'));
  expect(fake.said[0]).toMatch(/^bad\.yaml:4:11: .*power\.off/);
  await vi.waitFor(() => {
    expect(fake.commands).toHaveLength(1);
  });
  expect(fake.commands[0]).toMatchObject({
    id: 'showTextDocument',
    args: [uriOf(scene, 'bad.yaml').path, { selection: { start: { line: 3, character: 10 } } }],
  });
  expect(fake.asked).toEqual([]);
});

test('what is being edited is saved first, or nothing is done', async () => {
  using scene = jobStage({ 'evening.yaml': off }, names);
  const { workbench } = jobWorkbench(scene);
  const saved: string[] = [];
  const dirty = (path: string) =>
    Object.assign(textDocument(path, ''), { isDirty: true, save: () => Promise.resolve(Boolean(saved.push(path))) });
  const path = uriOf(scene, 'evening.yaml').path;
  fake.documents = [dirty(path), dirty(join(scene.folder, 'notes.yaml'))];
  await runJob(workbench, uriOf(scene, 'evening.yaml'));
  expect(fake.asked).toMatchObject([{ kind: 'modal', title: 'Save evening.yaml?' }]);
  expect(saved).toEqual([]);
  fake.modals = ['Save', 'Evening'];
  await runJob(workbench, uriOf(scene, 'evening.yaml'));
  expect(saved).toEqual([path]);
  expect(begins(scene)).toHaveLength(1);
});

test('inputs are asked for: those without a default first, then all in a list', async () => {
  using scene = jobStage({ 'asking.yaml': asking }, names);
  const { workbench } = jobWorkbench(scene);
  fake.inputs = ['lab-01', 'four', '4'];
  fake.picks = ['count', 'state', 'on', 'hard', 'on', 'Continue'];
  fake.modals = ['Asking'];
  await runJob(workbench, uriOf(scene, 'asking.yaml'));
  expect(fake.asked.map(({ kind, title }) => `${kind} ${title}`)).toEqual([
    'input Asking: who',
    'pick Asking',
    'input Asking: count',
    'pick Asking',
    'pick Asking: state',
    'pick Asking',
    'pick Asking: hard',
    'pick Asking',
    'modal Asking: lab-01?',
  ]);
  expect(fake.mistakes).toHaveLength(1);
  expect(scene.ledger.headers).toMatchObject([
    { parameters: { who: 'lab-01', count: 4, state: 'on', hard: true }, targets: 'lab-01' },
  ]);
});

test('dismissed questions end it', async () => {
  using scene = jobStage({ 'asking.yaml': asking }, names);
  const { workbench } = jobWorkbench(scene);
  await planJob(workbench, uriOf(scene, 'asking.yaml'));
  fake.inputs = ['lab-01'];
  fake.modals = ['Discard'];
  await planJob(workbench, uriOf(scene, 'asking.yaml'));
  expect([fake.said, begins(scene)]).toEqual([[], []]);
});

test('targets that match nothing are told', async () => {
  using scene = jobStage({ 'asking.yaml': asking }, names);
  const { workbench } = jobWorkbench(scene);
  fake.inputs = ['web-*'];
  fake.picks = ['Continue'];
  await runJob(workbench, uriOf(scene, 'asking.yaml'));
  expect(fake.said).toHaveLength(1);
  expect(fake.said[0]).toContain('web-*');
});

test('it can be run on others than its own targets, which are offered first', async () => {
  using scene = jobStage({ 'evening.yaml': off.replace('site=oslo', 'lab-02') }, [...names, 'lab-03']);
  const { workbench } = jobWorkbench(scene);
  fake.picks = ['lab-01, lab-03'];
  fake.modals = ['Evening'];
  await runJobOn(workbench, uriOf(scene, 'evening.yaml'));
  expect(fake.lists).toEqual([
    ['its own targets: lab-02', 'lab-02', '', '*: 3 computers', '@build: 3 computers', 'computers', 'lab-01', 'lab-03'],
  ]);
  expect(scene.ledger.headers).toMatchObject([{ targets: 'lab-01 lab-03', computers: ['lab-01', 'lab-03'] }]);
});

test('without a file the jobs of the folder are offered', async () => {
  using scene = jobStage({ 'evening.yaml': off, 'asking.yaml': asking }, names);
  const { workbench } = jobWorkbench(scene);
  fake.picks = ['evening.yaml'];
  fake.modals = ['Evening'];
  await runJob(workbench, undefined);
  expect(fake.asked[0]).toEqual({ kind: 'pick', title: 'Which job?' });
  expect(begins(scene)).toEqual(['begin .sideband/jobs/evening.yaml']);
});

test('a file in a folder inside another one is for the inner one', async () => {
  using inner = jobStage({ 'evening.yaml': off }, names);
  using outer = jobStage({}, ['web-01']);
  const { workbench } = jobWorkbench(inner);
  Object.assign(outer.session.app, { folder: join(inner.folder, '..') });
  Object.assign(workbench, { sessions: [outer.session, inner.session] });
  fake.modals = ['Evening'];
  await runJob(workbench, uriOf(inner, 'evening.yaml'));
  expect(inner.ledger.headers).toMatchObject([{ computers: names }]);
});

test('a file of no folder, a folder without jobs and a folder that is not trusted run nothing', async () => {
  using scene = jobStage({}, names);
  const { workbench } = jobWorkbench(scene);
  await runJob(workbench, Uri.file(`${scene.folder}-else/.sideband/jobs/evening.yaml`));
  await runJob(workbench, undefined);
  expect(fake.said).toEqual([
    `${scene.folder}-else/.sideband/jobs/evening.yaml is in no folder that has a fleet.`,
    'This folder has no jobs: they are files of .sideband/jobs.',
  ]);
  fake.trusted = false;
  await runJob(workbench, undefined);
  expect(fake.said).toHaveLength(2);
});

test('the policy’s refusal is told before anybody is asked; its plan can be seen, and not be run', async () => {
  using scene = jobStage({ 'evening.yaml': off }, names);
  const { workbench, documents } = jobWorkbench(scene, { protected: parseTargets('lab-01'), sites: {} });
  await runJob(workbench, uriOf(scene, 'evening.yaml'));
  expect(fake.asked).toEqual([]);
  expect(fake.said[0]).toMatch(/^Evening: policy.yaml: protected: lab-01 may not be touched/);
  fake.answers = ['Run This Plan'];
  await planJob(workbench, uriOf(scene, 'evening.yaml'));
  expect(documents[0]).toContain('> Refused by');
  expect(fake.said[1]).toContain('refused by policy.yaml: protected');
  expect(begins(scene)).toEqual([]);
});
