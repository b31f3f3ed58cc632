import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { RunItem } from '../../../src/extension/runs/runItems';
import { RunsTree, type RunsItem } from '../../../src/extension/runs/runsTree';
import type { Ledger, RecordedResult, RecordedStep, RunRecord } from '../../../src/jobs/ledger';
import { EventEmitter as FakeEmitter, resetFake } from '../../fakes/vscode';

beforeEach(() => {
  resetFake();
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function record(id: string, results: readonly RecordedResult[], state: RunRecord['state'] = 'finished'): RunRecord {
  const counts: Record<string, number> = {};
  for (const { outcome } of results) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return {
    id,
    kind: 'operation',
    subject: 'power.on',
    title: 'Power On',
    folder: '/fleets',
    targets: '@build',
    startedAt: `2026-01-0${id}T00:00:00.000Z`,
    state,
    counts,
    danger: 'disruptive',
    parameters: {},
    planHash: '',
    results,
  };
}

/** The same of a job with two steps. */
function jobRecord(id: string, results: readonly RecordedResult[], state: RunRecord['state'] = 'finished'): RunRecord {
  const source = { file: 'patch.yaml', texts: {}, inputs: {} };
  const steps = [
    { id: 'wake', title: 'Wake', uses: 'power.on', role: 'step' as const },
    { id: 'restore', title: 'Restore State', uses: 'power.restore', role: 'finally' as const },
  ];
  return { ...record(id, results, state), kind: 'job', job: { source, steps } };
}

const result = (computer: string, outcome: RecordedResult['outcome'], message?: string): RecordedResult => ({
  computer,
  outcome,
  ok: outcome === 'done',
  durationMs: 5,
  ...(message !== undefined && { error: { code: 'connect.timeout', message, hint: 'look' } }),
});

function stage(records: RunRecord[], steps: readonly RecordedStep[] = []) {
  const reads: string[] = [];
  const ledger = {
    runs: ({ limit }: { readonly limit: number }) => {
      reads.push('list');
      return Promise.resolve(records.slice(0, limit));
    },
    run: (id: string) => {
      reads.push(id);
      return Promise.resolve(records.find((one) => one.id === id));
    },
    changes: (id: string, seq: number) => {
      reads.push(`changes of ${id} after ${seq}`);
      return Promise.resolve({ state: 'finished', results: [], steps: seq === 0 ? steps : [], seq: 7 });
    },
  } as unknown as Ledger;
  const emitter = new FakeEmitter<RunsItem[] | undefined>();
  const fired: (RunsItem[] | undefined)[] = [];
  emitter.event((items) => fired.push(items));
  const tree = new RunsTree(() => [{ folder: '/fleets', ledger }], emitter);
  return { tree, reads, fired };
}

test('runs are newest first, with counts of what needs a look before the rest', async () => {
  const { tree } = stage([
    record('1', [result('a', 'done'), result('b', 'failed'), result('c', 'done')]),
    record('2', [result('a', 'done')]),
  ]);
  const runs = await tree.getChildren();
  expect(runs.map(({ id, description, contextValue }) => [id, description, contextValue])).toEqual([
    ['2', '1 done', 'run'],
    ['1', '1 failed, 2 done', 'run failed'],
  ]);
});

test('the menu of a run goes by its state: only an interrupted job can be resumed', () => {
  const run = record('1', [result('a', 'failed')]);
  const words = (change: Partial<RunRecord>): string | undefined => new RunItem({ ...run, ...change }).contextValue;
  expect(words({ state: 'running' })).toBe('run running');
  expect(words({ state: 'interrupted' })).toBe('run failed');
  expect(words({ state: 'interrupted', kind: 'job' })).toBe('run failed interrupted');
  expect(words({ state: 'interrupted', kind: 'job', counts: { done: 1 } })).toBe('run interrupted');
  expect(words({ state: 'cancelled', kind: 'job' })).toBe('run failed');
});

test('a run lists its failures first, with their reasons in words', async () => {
  const { tree } = stage([record('1', [result('a', 'done'), result('b', 'failed', 'b: nothing answers')])]);
  const [run] = await tree.getChildren();
  const results = await tree.getChildren(run);
  expect(results.map(({ label, description }) => [label, description])).toEqual([
    ['b', 'failed · nothing answers'],
    ['a', 'done'],
  ]);
  expect(results[0]?.tooltip).toContain('connect.timeout');
});

test('more than 200 computers come in pages', async () => {
  const { tree } = stage([
    record(
      '1',
      Array.from({ length: 450 }, (_, index) => result(`n${index}`, 'done')),
    ),
  ]);
  const [run] = await tree.getChildren();
  expect((await tree.getChildren(run)).at(-1)).toMatchObject({ label: 'Show more…', description: '250 not shown' });
  tree.showMore('1');
  tree.showMore('1');
  expect(await tree.getChildren(run)).toHaveLength(450);
});

test('progress redraws the running run alone, however many computers end', async () => {
  const records = [record('2', [result('a', 'running')], 'running'), record('1', [result('a', 'done')])];
  const { tree, reads, fired } = stage(records);
  const [running] = await tree.getChildren();
  reads.length = 0;
  records[0] = record('2', [result('a', 'done')], 'running');
  for (let ended = 0; ended < 1000; ended++) tree.progress();
  await vi.advanceTimersByTimeAsync(250);
  expect(reads).toEqual(['2']);
  expect(fired).toEqual([[running]]);
  expect(running?.description).toBe('1 done');
});

test('a run that has begun since is found without drawing the list', async () => {
  const { tree } = stage([record('3', [result('a', 'done')])]);
  expect((await tree.find('3'))?.label).toBe('Power On · @build');
  expect(await tree.find('4')).toBeUndefined();
});

test('a click on a run opens its page', async () => {
  const { tree } = stage([record('1', [result('a', 'done')])]);
  const [run] = await tree.getChildren();
  expect(run?.command).toEqual({ command: 'sideband.openRun', title: 'Open Run', arguments: ['1'] });
});

test('a computer of a job opens to its steps, and of the ledger only what is new is read', async () => {
  const steps: readonly RecordedStep[] = [
    { ...result('b', 'failed', 'b: nothing answers'), outcome: 'failed', step: 0, attempts: 1 },
    { ...result('a', 'done'), outcome: 'done', step: 0, attempts: 1 },
  ];
  const results = [result('a', 'done'), result('b', 'failed'), result('c', 'not-begun')];
  const { tree, reads } = stage([jobRecord('1', results)], steps);
  const [run] = await tree.getChildren();
  const computers = await tree.getChildren(run);
  expect(computers.map(({ label, collapsibleState }) => [label, collapsibleState])).toEqual([
    ['b', 1],
    ['c', 0],
    ['a', 1],
  ]);
  reads.length = 0;
  const ofB = await tree.getChildren(computers[0]);
  expect(ofB.map(({ id, label, description }) => [id, label, description])).toEqual([
    ['1/b/wake', 'Wake', 'failed · nothing answers'],
    ['1/b/restore', 'Restore State', 'not begun'],
  ]);
  expect((await tree.getChildren(computers[2])).map(({ description }) => description)).toEqual(['done', 'not begun']);
  expect(reads).toEqual(['changes of 1 after 0', 'changes of 1 after 7']);
});

test('a step that was under way when its process died may have happened', async () => {
  const steps: readonly RecordedStep[] = [{ ...result('a', 'running'), outcome: 'running', step: 0, attempts: 1 }];
  const { tree } = stage([jobRecord('1', [result('a', 'unknown')], 'interrupted')], steps);
  const [run] = await tree.getChildren();
  const [computer] = await tree.getChildren(run);
  const [wake] = await tree.getChildren(computer);
  expect(wake?.description).toBe('unknown: it may have happened');
});

test('a computer of a run of one operation does not open', async () => {
  const { tree } = stage([record('1', [result('a', 'done')])]);
  const [run] = await tree.getChildren();
  expect((await tree.getChildren(run)).map(({ collapsibleState }) => collapsibleState)).toEqual([0]);
});
