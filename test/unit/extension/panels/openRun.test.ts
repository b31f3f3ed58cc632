import { beforeEach, expect, test, vi } from 'vitest';
import { LiveRuns } from '../../../../src/extension/jobs/liveRuns';
import { openRun, openRunBeside } from '../../../../src/extension/panels/openRun';
import { RunItem } from '../../../../src/extension/runs/runItems';
import type { Workbench } from '../../../../src/extension/workbench';
import type { RunPanelOptions } from '../../../../src/extension/panels/runPanel';
import { memoryLedger } from '../../../fakes/ledger';
import { fake, resetFake } from '../../../fakes/vscode';

const opened = vi.hoisted((): RunPanelOptions[] => []);
const shown = vi.hoisted((): string[] => []);

vi.mock('../../../../src/extension/panels/runPanel', () => ({
  RunPanel: class {
    readonly #options: RunPanelOptions;
    constructor(options: RunPanelOptions) {
      opened.push(options);
      this.#options = options;
    }
    readonly column = 2;
    reveal(): void {
      shown.push(this.#options.run.id);
    }
  },
}));

beforeEach(() => {
  resetFake();
  opened.length = 0;
  shown.length = 0;
});

async function stage() {
  const ledger = memoryLedger();
  const liveRuns = new LiveRuns();
  const head = { danger: 'disruptive', parameters: {}, planHash: '', computers: ['lab-01'] } as const;
  for (const [title, folder] of [
    ['Power On', '/fleet'],
    ['Power Off', '/elsewhere'],
    ['Power Cycle', '/fleet'],
  ] as const) {
    const writer = await ledger.begin({ ...head, subject: 'power.on', title, targets: 'lab-01', folder });
    await writer.close({ computer: 'lab-01', ok: false, outcome: 'failed', durationMs: 1 });
    await writer.end('finished');
  }
  const workbench = {
    sessions: [{ app: { folder: '/fleet', ledger } }],
    panels: new Set(),
    runPages: new Map(),
    extensionUri: {},
    logs: {},
    liveRuns,
  } as unknown as Workbench;
  return { ledger, liveRuns, workbench };
}

test('a run is opened by its id or from the list, and one that is open comes to the front', async () => {
  const { ledger, workbench } = await stage();
  await openRun(workbench, 'run-1');
  const run = await ledger.run('run-1');
  await openRun(workbench, new RunItem(run!));
  expect(opened.map((one) => one.run.title)).toEqual(['Power On']);
  expect(shown).toEqual(['run-1']);
  opened[0]?.onEnd();
  expect([workbench.runPages.size, workbench.panels.size]).toEqual([0, 0]);
});

test('a run that begins is opened beside what the user looks at, or where the page of another run is', async () => {
  const { workbench } = await stage();
  await openRunBeside(workbench, 'run-1');
  opened[0]?.onEnd();
  fake.activeTab = {};
  await openRunBeside(workbench, 'run-1');
  await openRunBeside(workbench, 'run-3');
  expect(opened.map(({ column }) => column)).toEqual([-1, -2, 2]);
});

test('without one the user picks, from the newest on', async () => {
  const { workbench } = await stage();
  fake.picks = ['Power Cycle · lab-01'];
  await openRun(workbench, undefined);
  expect(opened.map((one) => one.run.title)).toEqual(['Power Cycle']);
  await openRun(workbench, undefined);
  expect(opened).toHaveLength(1);
});

test('a run that is not there, or of another folder, is said to be none', async () => {
  const { workbench } = await stage();
  await openRun(workbench, 'run-9');
  await openRun(workbench, 'run-2');
  expect(opened).toEqual([]);
  expect(fake.said).toEqual(['No run run-9 is recorded.', 'No run run-2 is recorded.']);
});

test('what can be done about a run goes by its state, and by where it goes on', async () => {
  const { ledger, liveRuns, workbench } = await stage();
  await openRun(workbench, 'run-1');
  const run = (await ledger.run('run-1'))!;
  const { actions } = opened[0]!;
  const none = { cancel: false, resume: false, rerun: false, export: true };
  expect(actions.offers(run)).toEqual({ ...none, rerun: true });
  expect(actions.offers({ ...run, counts: { done: 1, already: 2, unverified: 1 } })).toEqual(none);
  expect(actions.offers({ ...run, state: 'interrupted' })).toEqual({ ...none, rerun: true });
  expect(actions.offers({ ...run, kind: 'job', state: 'interrupted' })).toEqual({ ...none, resume: true, rerun: true });
  const running = { ...run, state: 'running' } as const;
  expect(actions.offers(running)).toEqual(none);
  liveRuns.begin('run-1', {
    title: '',
    folder: '',
    windDown: () => undefined,
    stop: () => undefined,
    leave: () => Promise.resolve(),
  });
  expect(actions.offers(running)).toEqual({ ...none, cancel: true });
  await actions.cancel('run-1');
  expect(actions.offers(running)).toEqual({ ...none, cancel: true });
  await actions.cancel('run-1');
  expect(actions.offers(running)).toEqual(none);
});

test('what else is done from the page is done by commands', async () => {
  const { workbench } = await stage();
  await openRun(workbench, 'run-1');
  const { actions } = opened[0]!;
  await actions.resume('run-1');
  await actions.rerunFailed('run-1');
  await actions.exportRun('run-1');
  expect(fake.commands).toEqual([
    { id: 'sideband.resumeRun', args: ['run-1'] },
    { id: 'sideband.rerunFailed', args: ['run-1'] },
    { id: 'sideband.exportRun', args: ['run-1'] },
  ]);
});
