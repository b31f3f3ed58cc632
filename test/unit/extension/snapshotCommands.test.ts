import { beforeEach, expect, test, vi } from 'vitest';
import type { Compared } from '../../../src/app/compareWithNow';
import { reportError, SidebandError } from '../../../src/base/errors';
import { compareSnapshots, takeSnapshots } from '../../../src/extension/snapshotCommands';
import type { Workbench } from '../../../src/extension/workbench';
import type { Snapshot } from '../../../src/jobs/snapshots/snapshot';
import { fakeComputer } from '../../fakes/technology';
import { fake, resetFake } from '../../fakes/vscode';

const files = vi.hoisted(() => ({ compared: [] as readonly unknown[], written: [] as string[] }));
vi.mock('../../../src/app/compareWithNow', () => ({ compareWithNow: () => Promise.resolve(files.compared) }));
vi.mock('../../../src/app/snapshotFiles', () => ({
  snapshotFile: (folder: string, name: string) => `${folder}/${name}.yaml`,
  writeSnapshot: (_: string, { computer }: { computer: string }) => {
    files.written.push(computer);
    return Promise.resolve(computer === 'same' ? 'unchanged' : 'written');
  },
}));
beforeEach(() => {
  resetFake();
  files.written = [];
});

const board = (computer: string, serial: string): Snapshot => ({
  computer,
  nodes: new Map([['motherboard', [{ Manufacturer: 'A', 'Serial number': serial }]]]),
});
const computer = (name: string) => fakeComputer(name, ['ipmi']);
const changed = (name: string): Compared => ({
  computer: computer(name),
  before: board(name, '1'),
  now: board(name, '2'),
});
const same = (name: string): Compared => ({
  computer: computer(name),
  before: board(name, '1'),
  now: board(name, '1'),
});
const fresh = (name: string): Compared => ({ computer: computer(name), now: board(name, '1') });
const failed = (name: string): Compared => ({
  computer: computer(name),
  error: reportError(new SidebandError('connect.timeout', `${name}: nothing answers`)),
});

function stage(...compared: readonly Compared[]) {
  files.compared = compared;
  const lines: string[] = [];
  const note = (line: string): void => void lines.push(line);
  const workbench = {
    sessions: [{ app: { folder: '/fleets' }, has: () => true }],
    passwords: { ensure: () => Promise.resolve() },
    logs: { info: note, warn: note, trace: () => undefined },
    documents: { add: (name: string) => ({ path: `/${name}` }) },
    assertTrusted: () => fake.trusted,
  } as unknown as Workbench;
  return { workbench, computers: compared.map((one) => one.computer), lines };
}

test('snapshots are written, and what failed is told with what to do', async () => {
  const { workbench, computers, lines } = stage(fresh('a'), same('same'), failed('dead'));
  await takeSnapshots(workbench, computers, []);
  expect(files.written).toEqual(['a', 'same']);
  expect(fake.said).toEqual([
    expect.stringMatching(/^Take Inventory Snapshot: dead: nothing answers\. /),
    'Inventory snapshots: 1 written, 1 unchanged.',
  ]);
  expect(lines).toEqual(['Take Inventory Snapshot: dead: nothing answers']);
});

test('one that is different is shown beside its snapshot, and told in words', async () => {
  const { workbench, computers, lines } = stage(changed('lab-01'));
  await compareSnapshots(workbench, computers, []);
  expect(fake.commands).toMatchObject([
    { id: 'vscode.diff', args: [{ path: '/fleets/lab-01.yaml' }, { path: '/lab-01 now' }, 'lab-01: snapshot ↔ now'] },
  ]);
  expect(fake.said).toEqual(['lab-01: Motherboard: Serial number 1 → 2']);
  expect(lines).toEqual(fake.said);
});

test('many that are different are shown together, and the others counted', async () => {
  const { workbench, computers, lines } = stage(...['a', 'b', 'c', 'd', 'e'].map(changed), same('f'));
  await compareSnapshots(workbench, computers, []);
  expect(fake.commands).toHaveLength(1);
  expect(fake.commands[0]).toMatchObject({ id: 'vscode.changes' });
  expect(fake.commands[0]?.args[0]).toBe('5 computers: snapshot ↔ now');
  expect(fake.commands[0]?.args[1]).toHaveLength(5);
  expect(fake.said[0]).toMatch(/^a: .* · b: .* · c: .* · and 2 more, in the log$/);
  expect(lines).toHaveLength(5);
});

test('nothing different is said so, and who has no snapshot yet is offered one', async () => {
  const one = stage(same('a'));
  await compareSnapshots(one.workbench, one.computers, []);
  const two = stage(same('a'), same('b'));
  await compareSnapshots(two.workbench, two.computers, []);
  expect(fake.said).toEqual(['a is as in its snapshot.', 'All 2 computers are as in their snapshots.']);
  resetFake();
  fake.answers = ['Take Inventory Snapshot'];
  const { workbench, computers } = stage(fresh('a'));
  await compareSnapshots(workbench, computers, []);
  await vi.waitFor(() => {
    expect(files.written).toEqual(['a']);
  });
  expect(fake.said[0]).toBe('No snapshot of a was taken yet.');
});
