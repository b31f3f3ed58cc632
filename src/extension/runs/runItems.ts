import * as vscode from 'vscode';
import { formatDuration } from '../../base/duration';
import type { RecordedOutcome, RecordedResult, RunSummary } from '../../jobs/ledger';

const outcomeIcons: Readonly<Record<RecordedOutcome, vscode.ThemeIcon>> = {
  done: new vscode.ThemeIcon('pass', new vscode.ThemeColor('testing.iconPassed')),
  already: new vscode.ThemeIcon('pass', new vscode.ThemeColor('disabledForeground')),
  unverified: new vscode.ThemeIcon('question', new vscode.ThemeColor('charts.yellow')),
  failed: new vscode.ThemeIcon('error', new vscode.ThemeColor('testing.iconFailed')),
  unknown: new vscode.ThemeIcon('question', new vscode.ThemeColor('testing.iconFailed')),
  skipped: new vscode.ThemeIcon('debug-step-over', new vscode.ThemeColor('testing.iconSkipped')),
  cancelled: new vscode.ThemeIcon('circle-slash', new vscode.ThemeColor('testing.iconSkipped')),
  running: new vscode.ThemeIcon('loading~spin'),
  'not-begun': new vscode.ThemeIcon('circle-outline'),
};
const stateIcons: Readonly<Record<RunSummary['state'], vscode.ThemeIcon>> = {
  running: outcomeIcons.running,
  finished: new vscode.ThemeIcon('history'),
  cancelled: outcomeIcons.cancelled,
  interrupted: new vscode.ThemeIcon('debug-disconnect', new vscode.ThemeColor('testing.iconFailed')),
};
const successes: readonly RecordedOutcome[] = ['done', 'already', 'unverified'];

/** A run in the list. */
export class RunItem extends vscode.TreeItem {
  readonly run: RunSummary;

  constructor(run: RunSummary) {
    super(`${run.title} · ${run.targets}`, vscode.TreeItemCollapsibleState.Collapsed);
    this.run = run;
    const counts = Object.entries(run.counts) as [RecordedOutcome, number][];
    const hasFailures = counts.some(([outcome, count]) => count > 0 && !successes.includes(outcome));
    this.id = run.id;
    this.description = counts.map(([outcome, count]) => `${count} ${outcome}`).join(', ');
    this.iconPath = hasFailures && run.state === 'finished' ? outcomeIcons.failed : stateIcons[run.state];
    this.contextValue = hasFailures && run.state !== 'running' ? 'run failed' : 'run';
    this.tooltip = `${run.id}\n${new Date(run.startedAt).toLocaleString()}, ${run.state}`;
  }
}

/** What became of one computer. */
export class ResultItem extends vscode.TreeItem {
  constructor(run: string, result: RecordedResult) {
    super(result.computer);
    const { outcome, error, note, technology, durationMs } = result;
    this.id = `${run}/${result.computer}`;
    this.iconPath = outcomeIcons[outcome];
    this.description = [outcome, error?.message.replace(`${result.computer}: `, '') ?? note].filter(Boolean).join(' · ');
    const by = [technology, formatDuration(durationMs)].filter(Boolean).join(', ');
    this.tooltip = [`${result.computer}: ${outcome} (${by})`, error && `${error.code}: ${error.message}`, error?.hint, note]
      .filter(Boolean)
      .join('\n');
    this.contextValue = 'result';
  }
}
