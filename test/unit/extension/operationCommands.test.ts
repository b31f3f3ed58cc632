import { beforeEach, expect, test } from 'vitest';
import { SidebandError } from '../../../src/base/errors';
import { silentLog } from '../../../src/base/log';
import { type Recalled, recallComputers } from '../../../src/fleet/targets/recall';
import type { FolderSession } from '../../../src/extension/folderSession';
import { rerunFailed, runOperation } from '../../../src/extension/operationCommands';
import type { Workbench } from '../../../src/extension/workbench';
import type { Computer } from '../../../src/fleet/computer';
import { defaultLimits, Fleet } from '../../../src/fleet/fleet';
import { parseTargets } from '../../../src/fleet/targets/parse';
import type { RunRecord } from '../../../src/jobs/ledger';
import type { Policy } from '../../../src/jobs/policy';
import { FakeDevice, fakeComputer } from '../../fakes/technology';
import { testLedger, type TestLedger } from '../../fakes/ledger';
import { fake, resetFake } from '../../fakes/vscode';

beforeEach(resetFake);

interface Stage {
  readonly workbench: Workbench;
  readonly ledger: TestLedger;
  readonly computers: readonly Computer[];
  readonly devices: ReadonlyMap<string, FakeDevice>;
  /** What the workbench was asked beside running. */
  readonly calls: string[];
  /** The Markdown that was shown. */
  readonly documents: readonly string[];
}

/** A workbench whose computers are fake devices, spoken to as if by IPMI. */
function stage(names: readonly string[], { policy, record }: { policy?: Policy; record?: RunRecord } = {}): Stage {
  const computers = names.map((name) => fakeComputer(name, ['ipmi'], {}, 'bmc'));
  const fleet = new Fleet({ computers, profiles: ['bmc'], groups: new Map(), limits: defaultLimits });
  const devices = new Map(names.map((name) => [name, new FakeDevice()]));
  const calls: string[] = [];
  const documents: string[] = [];
  const ledger = { ...testLedger(), run: () => Promise.resolve(record) };
  const sessions = {
    async use(_: unknown, { name }: Computer, __: unknown, act: (client: unknown) => Promise<unknown>) {
      const device = devices.get(name)!;
      await device.call('open', 'open');
      return act({
        readPower: () => Promise.resolve({ state: device.power }),
        requestPower: async (action: 'on' | 'off') => {
          await device.call('requestPower', action);
          device.power = action;
          return { confirmed: true };
        },
      });
    },
  };
  const folder = '/fleets';
  const recall = (wanted: readonly string[], targets: string): Recalled =>
    recallComputers({ names: wanted, targets }, fleet, []);
  const app = { folder, fleet, ledger, recall, engine: { sessions, ledger, fleet, policy, folder } };
  const session = { app, has: (computer: Computer) => computers.includes(computer) } as unknown as FolderSession;
  const workbench = {
    sessions: [session],
    computers,
    logs: { ...silentLog, show: () => undefined },
    passwords: {
      ensure: (all: readonly Computer[]) => Promise.resolve(void calls.push(`passwords of ${all.length}`)),
      ensureOf: (profiles: readonly string[]) =>
        Promise.resolve(void calls.push(...profiles.map((profile) => `password of profile ${profile}`))),
    },
    runs: {
      progress: () => calls.push('progress'),
      refresh: () => calls.push('refresh'),
      find: (id: string) => Promise.resolve({ id }),
    },
    views: { revealRun: ({ id }: { id: string }) => Promise.resolve(void calls.push(`reveal ${id}`)) },
    documents: { showMarkdown: (_: string, text: string) => Promise.resolve(void documents.push(text)) },
    assertTrusted: () => fake.trusted,
  } as unknown as Workbench;
  return { workbench, ledger, computers, devices, calls, documents };
}

const acts = ({ devices }: Stage): readonly string[][] => [...devices.values()].map(({ calls }) => calls);

test('from the click to the outcome: options, passwords, one question, the act, what became of it', async () => {
  const scene = stage(['lab-01']);
  scene.computers[0]?.see({ power: 'on', at: Date.now() });
  fake.picks = ['Power Off'];
  fake.modals = ['Power Off'];
  await runOperation(scene.workbench, 'power.off', scene.computers, []);
  expect(fake.asked).toEqual([
    { kind: 'pick', title: 'Power Off' },
    { kind: 'modal', title: 'Power Off: lab-01?', detail: 'Last seen: on. Then: off.' },
  ]);
  expect(acts(scene)).toEqual([['open', 'off']]);
  expect(scene.ledger.lines).toEqual(['begin power.off', 'intend lab-01 ipmi', 'close lab-01 done', 'end finished']);
  expect(scene.calls).toEqual(['passwords of 1', 'progress', 'refresh', 'reveal run-1']);
  expect(fake.said).toEqual(['Power Off: lab-01 is off']);
});

test('twelve computers are one question that names ten and counts the rest', async () => {
  const names = Array.from({ length: 12 }, (_, index) => `n${index + 1}`);
  const scene = stage(names);
  fake.modals = ['Power On'];
  for (const device of scene.devices.values()) device.power = 'off';
  await runOperation(scene.workbench, 'power.on', scene.computers, []);
  expect(fake.asked).toHaveLength(1);
  expect(fake.asked[0]).toMatchObject({ title: 'Power On: 12 computers?' });
  expect(fake.asked[0]?.detail).toContain('n1, n2, n3, n4, n5, n6, n7, n8, n9, n10 and 2 more');
  expect(fake.said).toEqual(['Power On: 12 done']);
});

test('the plan can be shown before the yes: it is read, and run from there without another question', async () => {
  const scene = stage(['a', 'b', 'c']);
  scene.devices.get('b')!.power = 'off';
  scene.devices.get('c')!.fail('open', new SidebandError('connect.timeout', 'c: nothing answers'));
  fake.picks = ['Power Off'];
  fake.modals = ['Show Plan'];
  fake.answers = ['Run This Plan'];
  await runOperation(scene.workbench, 'power.off', scene.computers, []);
  expect(fake.asked.map(({ kind }) => kind)).toEqual(['pick', 'modal']);
  expect(scene.documents).toHaveLength(1);
  expect(scene.documents[0]).toContain('| a | on → off | by IPMI |');
  expect(scene.documents[0]).toContain(
    '## Already so (1)\n\n| Computer | Now → then | How |\n| --- | --- | --- |\n| b |',
  );
  expect(scene.documents[0]).toContain('| c | unread → off | by IPMI; c: nothing answers |');
  expect(fake.said[0]).toMatch(/^Power Off: 3 of 3 computers \(plan [0-9a-f]{12}\)\.$/);
  expect(scene.devices.get('a')!.power).toBe('off');
  expect(scene.ledger.lines[0]).toBe('begin power.off');
});

test('a plan that the world has moved away from is shown anew; without a yes nothing is done', async () => {
  const scene = stage(['a', 'b']);
  fake.picks = ['Power Off'];
  fake.modals = ['Show Plan'];
  fake.answers = ['Run This Plan', 'Cancel'];
  fake.onSaid = () => {
    scene.devices.get('b')!.power = 'off';
  };
  await runOperation(scene.workbench, 'power.off', scene.computers, []);
  expect(scene.documents.map((text) => text.includes('Already so'))).toEqual([false, true]);
  expect(fake.said[1]).toMatch(/^The world has moved since the plan was made, so here is a new one\. Power Off: /);
  expect(acts(scene).flat()).not.toContain('off');
  expect(scene.ledger.lines).toEqual([]);
});

test('what cannot be undone is asked about even after its plan; a single computer has no plan to show', async () => {
  const scene = stage(['a', 'b']);
  fake.picks = ['Clear Event Log', 'Clear Event Log'];
  fake.modals = ['Show Plan', ''];
  fake.answers = ['Run This Plan'];
  await runOperation(scene.workbench, 'sel.clear', scene.computers, []);
  expect(fake.asked.map(({ kind }) => kind)).toEqual(['pick', 'modal', 'modal']);
  expect(scene.ledger.lines).toEqual([]);
  fake.modals = ['Show Plan'];
  await runOperation(scene.workbench, 'sel.clear', scene.computers.slice(0, 1), []);
  expect(scene.documents).toHaveLength(1);
});

test('without a yes, or with the options dismissed, nothing happens', async () => {
  const scene = stage(['lab-01']);
  fake.picks = ['Power Off'];
  await runOperation(scene.workbench, 'power.off', scene.computers, []);
  await runOperation(scene.workbench, 'power.off', scene.computers, []);
  expect(fake.asked.map(({ kind }) => kind)).toEqual(['pick', 'modal', 'pick']);
  expect(acts(scene)).toEqual([[]]);
  expect(scene.ledger.lines).toEqual([]);
});

test('before trust nothing is asked, of people or computers', async () => {
  fake.trusted = false;
  const scene = stage(['lab-01']);
  await runOperation(scene.workbench, 'power.off', scene.computers, []);
  expect(fake.asked).toEqual([]);
  expect(acts(scene)).toEqual([[]]);
});

test('a failure is told with its reason and what to do', async () => {
  const scene = stage(['lab-01']);
  scene.devices.get('lab-01')!.fail('open', new SidebandError('auth.rejected', 'lab-01: the password does not fit'));
  fake.modals = ['Power On'];
  await runOperation(scene.workbench, 'power.on', scene.computers, []);
  expect(fake.said).toEqual([
    'Power On: lab-01: the password does not fit. Enter the right password by the command “Sideband: Enter Password…”.',
  ]);
});

test('the policy’s refusal names its rule, before anybody is asked', async () => {
  const scene = stage(['lab-01'], { policy: { protected: parseTargets('lab-01'), sites: {} } });
  await runOperation(scene.workbench, 'power.on', scene.computers, []);
  expect(fake.asked).toEqual([]);
  expect(fake.said).toHaveLength(1);
  expect(fake.said[0]).toMatch(/^Power On: policy.yaml: protected: lab-01 may not be touched/);
  expect(scene.calls).toEqual([]);
  expect(acts(scene)).toEqual([[]]);
});

test('the failed ones are run again, and who is left out is told with the reason', async () => {
  const base = { ok: false, durationMs: 0 } as const;
  const record: RunRecord = {
    id: 'run-0',
    kind: 'operation',
    subject: 'power.reset',
    title: 'Reset',
    folder: '/fleets',
    targets: '4 computers',
    startedAt: '2026-01-01T00:00:00.000Z',
    state: 'finished',
    counts: {},
    danger: 'disruptive',
    parameters: {},
    planHash: '',
    results: [
      { computer: 'a', outcome: 'done', ...base, ok: true },
      { computer: 'b', outcome: 'failed', ...base },
      { computer: 'c', outcome: 'unknown', ...base },
      { computer: 'gone', outcome: 'failed', ...base },
    ],
  };
  const scene = stage(['a', 'b', 'c'], { record });
  fake.modals = ['Reset'];
  await rerunFailed(scene.workbench, 'run-0');
  expect(fake.asked).toMatchObject([{ title: 'Reset: b?' }]);
  expect(fake.said.slice(0, 2)).toEqual([
    'Reset: c left out: it may have happened, and doing it twice does harm.',
    'Reset: gone left out: not in the fleet any more.',
  ]);
  expect(acts(scene).map((calls) => calls.length)).toEqual([0, 2, 0]);
  expect(scene.ledger.headers).toMatchObject([{ rerunOf: 'run-0', computers: ['b'] }]);
});

test('the stored password that an operation uses is asked for, too', async () => {
  const { workbench, computers, calls } = stage(['lab-01']);
  fake.picks = ['Other…'];
  fake.inputs = ['backup', 'next'];
  await runOperation(workbench, 'user.setPassword', computers, []);
  expect(calls.filter((call) => call.startsWith('password'))).toEqual(['passwords of 1', 'password of profile next']);
});
