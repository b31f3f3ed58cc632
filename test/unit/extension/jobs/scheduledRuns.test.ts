import { beforeEach, expect, test } from 'vitest';
import { silentLog } from '../../../../src/base/log';
import { ScheduledRuns } from '../../../../src/extension/jobs/scheduledRuns';
import type { JobReport } from '../../../../src/jobs/running/jobReport';
import { done } from '../../../fakes/ledgers';
import { fake, resetFake } from '../../../fakes/vscode';

beforeEach(resetFake);

function report(runId: string, outcome: 'done' | 'failed'): JobReport {
  const results = [done('lab-01'), { ...done('lab-02'), ok: outcome === 'done', outcome }];
  return { runId, title: 'Night', startedAt: '2026-06-01T02:00:00.000Z', durationMs: 5, cancelled: false, results };
}

/** What the status bar shows, and where a click leads. */
function shown(): readonly unknown[] {
  return fake.statusBar.filter(({ isShown }) => isShown).map(({ text, command }) => [text, command]);
}

test('the status bar tells of the runs that go on, and one that went well asks for no attention', () => {
  const runs = new ScheduledRuns(silentLog);
  expect(shown()).toEqual([]);
  runs.begin('run-1', 'Night');
  const command = { command: 'sideband.openRun', title: 'Open Run', arguments: ['run-1'] };
  expect(shown()).toEqual([['$(sync~spin) Night', command]]);
  runs.begin('run-2', 'Patch');
  expect(shown()).toMatchObject([['$(sync~spin) 2 runs by schedule', { command: 'sideband.runs.focus' }]]);
  runs.end('run-2', undefined);
  runs.end('run-1', report('run-1', 'done'));
  expect(shown()).toEqual([]);
  expect(fake.said).toEqual(['Night by schedule: 2 done']);
});

test('one that did not go well is told with the way to its page, and so is one that could not begin', () => {
  const runs = new ScheduledRuns(silentLog);
  fake.answers = ['Open Run'];
  runs.begin('run-1', 'Night');
  runs.end('run-1', report('run-1', 'failed'));
  runs.fail('night.yaml: the run failed');
  expect(fake.said).toEqual(['Night: 1 failed, 1 done.', 'night.yaml: the run failed']);
});
