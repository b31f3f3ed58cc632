import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type * as vscode from 'vscode';
import { silentLog } from '../../../../src/base/log';
import { type RunActions, RunPanel } from '../../../../src/extension/panels/runPanel';
import type { Ledger, RunHeader, RunWriter } from '../../../../src/jobs/ledger';
import type { ComputerResult } from '../../../../src/jobs/result';
import type { RunExtension, RunSnapshot, RunUpdate } from '../../../../webviews/run/contract';
import { memoryLedger } from '../../../fakes/ledger';
import { EventEmitter } from '../../../fakes/vscode';

interface Web {
  ours: unknown;
  readonly updates: unknown[];
  readonly panel: { visible: boolean; shown: number };
}

/** What `openWebPage` was given, and what the page is to the panel. */
const web = vi.hoisted((): Web => ({ ours: undefined, updates: [], panel: { visible: true, shown: 0 } }));

vi.mock('../../../../src/extension/panels/webPage', () => ({
  openWebPage: (_options: unknown, ours: unknown) => {
    const disposed = new EventEmitter<void>();
    web.ours = ours;
    const { panel } = web;
    Object.assign(panel, {
      onDidDispose: disposed.event,
      reveal: () => panel.shown++,
      dispose: () => {
        disposed.fire();
      },
    });
    return { panel, page: { update: (update: unknown) => Promise.resolve(void web.updates.push(update)) } };
  },
}));

beforeEach(() => {
  vi.useFakeTimers();
  web.updates.length = 0;
  Object.assign(web.panel, { visible: true, shown: 0 });
});
afterEach(() => vi.useRealTimers());

const header: RunHeader = {
  subject: 'patch.yaml',
  title: 'Patch',
  danger: 'disruptive',
  parameters: {},
  targets: '@all',
  folder: '/fleet',
  planHash: '',
  computers: ['lab-01', 'lab-02'],
  job: {
    source: { file: 'patch.yaml', texts: {}, inputs: {} },
    steps: [{ id: 'wake', title: 'Wake', uses: 'power.on', role: 'step' }],
  },
};
const done = (computer: string): ComputerResult => ({ computer, ok: true, outcome: 'done', durationMs: 5 });

interface Stage {
  readonly ledger: ReturnType<typeof memoryLedger>;
  readonly writer: RunWriter;
  readonly panel: RunPanel;
  readonly extension: RunExtension;
  readonly reads: number[];
  readonly calls: string[];
  readonly ended: () => boolean;
}

async function stage(offers: Partial<ReturnType<RunActions['offers']>> = {}): Promise<Stage> {
  const ledger = memoryLedger();
  const writer = await ledger.begin(header);
  const [reads, calls]: [number[], string[]] = [[], []];
  const watched: Pick<Ledger, 'run' | 'changes'> = {
    run: (id) => ledger.run(id),
    changes: (id, seq) => {
      reads.push(seq);
      return ledger.changes(id, seq);
    },
  };
  const act = (name: string) => (id: string) => Promise.resolve(void calls.push(`${name} ${id}`));
  const actions: RunActions = {
    offers: () => ({ cancel: false, resume: false, rerun: false, export: false, ...offers }),
    cancel: act('cancel'),
    resume: act('resume'),
    rerunFailed: act('rerun'),
    exportRun: act('export'),
  };
  const run = await ledger.run(writer.id);
  let hasEnded = false;
  const panel = new RunPanel({
    extensionUri: {} as vscode.Uri,
    ledger: watched,
    run: run!,
    actions,
    log: silentLog,
    onEnd: () => (hasEnded = true),
  });
  const extension = web.ours as RunExtension;
  return { ledger, writer, panel, extension, reads, calls, ended: () => hasEnded };
}

const updates = (): readonly RunUpdate[] => web.updates as readonly RunUpdate[];

test('the page gets everything at first, then what is new, at most four times a second', async () => {
  const { writer, extension } = await stage();
  const first = await extension.ready();
  expect(first).toMatchObject({ version: 1, computers: ['lab-01', 'lab-02'], steps: [{ title: 'Wake' }] });
  await vi.advanceTimersByTimeAsync(1000);
  expect(updates()).toEqual([]);
  for (let at = 0; at < 2000; at += 10) {
    const attempts = 1 + at;
    await writer.closeStep({ step: 0, attempts, result: { ...done('lab-01'), durationMs: at + 1 } });
    await vi.advanceTimersByTimeAsync(10);
  }
  expect(updates().length).toBeGreaterThanOrEqual(6);
  expect(updates().length).toBeLessThanOrEqual(9);
  await vi.advanceTimersByTimeAsync(500);
  expect(updates().map(({ version }) => version)).toEqual(updates().map((_, index) => index + 2));
  expect(updates().at(-1)?.cells?.at).toEqual(Uint32Array.of(1));
  expect([...(updates().at(-1)?.cells?.durations ?? [])]).toEqual([1991]);
});

test('a hidden page is told nothing and nothing is read; when it begins again it gets everything', async () => {
  const { writer, panel, extension, reads } = await stage();
  await extension.ready();
  await vi.advanceTimersByTimeAsync(1000);
  web.panel.visible = false;
  await vi.advanceTimersByTimeAsync(500);
  reads.length = 0;
  await writer.close(done('lab-01'));
  panel.look();
  await vi.advanceTimersByTimeAsync(5000);
  expect(reads).toEqual([]);
  expect(updates()).toEqual([]);
  web.panel.visible = true;
  const again: RunSnapshot = await extension.ready();
  expect(again.cells.at).toBeUndefined();
  expect([...again.cells.outcomes]).toEqual([7, 6, 6, 6]);
  await writer.close(done('lab-02'));
  await vi.advanceTimersByTimeAsync(500);
  expect(updates().map(({ version }) => version)).toEqual([again.version + 1]);
});

test('the end is told with its time, and then nothing is read until the ledger changes', async () => {
  const { writer, panel, extension, reads } = await stage();
  await extension.ready();
  await writer.end('finished');
  await vi.advanceTimersByTimeAsync(500);
  expect(updates().map(({ head }) => [head.state, head.endedAt !== undefined])).toEqual([['finished', true]]);
  await vi.advanceTimersByTimeAsync(1000);
  reads.length = 0;
  await vi.advanceTimersByTimeAsync(5000);
  expect(reads).toEqual([]);
  panel.look();
  await vi.advanceTimersByTimeAsync(0);
  expect(reads).toHaveLength(1);
});

test('when the process of a run dies, what it had begun is unknown, and after a resume it runs again', async () => {
  const { ledger, writer, extension } = await stage();
  await writer.intend({ computer: 'lab-01', technology: 'ipmi', step: 0, before: 'off' });
  expect([...(await extension.ready()).cells.outcomes]).toEqual([2, 2, 6, 6]);
  ledger.die();
  await vi.advanceTimersByTimeAsync(500);
  expect(updates().at(-1)?.head.state).toBe('interrupted');
  expect([...(await extension.ready()).cells.outcomes]).toEqual([1, 1, 6, 6]);
  const again = await ledger.resume(writer.id);
  const before = await extension.ready();
  expect(before.head.state).toBe('running');
  await again.close(done('lab-01'));
  await vi.advanceTimersByTimeAsync(500);
  expect([...(await extension.ready()).cells.outcomes]).toEqual([7, 2, 6, 6]);
});

test('what the page asks for is checked: names, columns, and what is offered', async () => {
  const { writer, extension, calls } = await stage({ cancel: true });
  await writer.closeStep({ step: 0, attempts: 2, result: done('lab-01') });
  await extension.ready();
  expect(extension.detail('lab-01', 1)).toMatchObject({ outcome: 'done', attempts: 2 });
  expect(extension.detail('lab-09', 1)).toBeUndefined();
  expect(extension.detail('lab-01', 9)).toBeUndefined();
  await extension.cancel();
  await expect(extension.rerunFailed()).rejects.toMatchObject({ code: 'usage.invalid' });
  await expect(extension.resume()).rejects.toMatchObject({ code: 'usage.invalid' });
  await expect(extension.exportRun()).rejects.toMatchObject({ code: 'usage.invalid' });
  expect(calls).toEqual(['cancel run-1']);
});

test('a closed tab reads no more', async () => {
  const { panel, extension, reads, ended } = await stage();
  await extension.ready();
  panel.dispose();
  expect(ended()).toBe(true);
  await vi.advanceTimersByTimeAsync(100);
  reads.length = 0;
  await vi.advanceTimersByTimeAsync(5000);
  expect(reads).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
});

test('a tab that is closed while it begins is left alone', async () => {
  const { panel, extension } = await stage();
  const ready = extension.ready();
  panel.dispose();
  Object.defineProperty(web.panel, 'visible', {
    configurable: true,
    get: () => {
      throw new Error('Webview is disposed');
    },
  });
  await ready;
  await vi.advanceTimersByTimeAsync(1000);
  Object.defineProperty(web.panel, 'visible', { configurable: true, writable: true, value: true });
  expect(updates()).toEqual([]);
});
