import * as vscode from 'vscode';
import { formatDuration } from '../../base/duration';
import type { RecordedOutcome, RecordedResult, RunSummary } from '../../jobs/ledger';
import { adviceFor } from '../advice';
import { withoutName } from '../tree/computerItem';

const { t } = vscode.l10n;

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
const outcomeWords: Readonly<Record<RecordedOutcome, string>> = {
  done: t('done'),
  already: t('was so already'),
  unverified: t('accepted, not verified'),
  failed: t('failed'),
  unknown: t('unknown: it may have happened'),
  skipped: t('skipped'),
  cancelled: t('cancelled'),
  running: t('running'),
  'not-begun': t('not begun'),
};
/** The order in which a run's computers are listed, and its counts are told: what needs a look comes first. */
const order: readonly RecordedOutcome[] = [
  'failed',
  'unknown',
  'running',
  'unverified',
  'cancelled',
  'skipped',
  'not-begun',
  'done',
  'already',
];
const successes: readonly RecordedOutcome[] = ['done', 'already', 'unverified'];

export function byUrgency(a: RecordedResult, b: RecordedResult): number {
  return order.indexOf(a.outcome) - order.indexOf(b.outcome);
}

/** A run in the list. */
export class RunItem extends vscode.TreeItem {
  override readonly id: string;
  run: RunSummary;

  constructor(run: RunSummary) {
    super(`${run.title} · ${run.targets}`, vscode.TreeItemCollapsibleState.Collapsed);
    this.id = run.id;
    this.run = run;
    this.update(run);
  }

  update(run: RunSummary): void {
    const { counts, state, startedAt, id } = run;
    this.run = run;
    const present = order.filter((outcome) => (counts[outcome] ?? 0) > 0);
    const didFail = present.some((outcome) => !successes.includes(outcome));
    const words = present.map((outcome) => `${counts[outcome] ?? 0} ${outcome.replace('-', ' ')}`);
    if (state === 'interrupted') words.unshift(t('interrupted'));
    this.description = words.join(', ');
    this.iconPath = iconOf(state, present, didFail);
    this.contextValue = didFail && state !== 'running' ? 'run failed' : 'run';
    this.tooltip = `${id}\n${new Date(startedAt).toLocaleString()} · ${state}`;
    this.accessibilityInformation = { label: `${run.title} · ${run.targets}, ${words.join(', ')}` };
  }
}

function iconOf(state: RunSummary['state'], present: readonly RecordedOutcome[], didFail: boolean): vscode.ThemeIcon {
  if (state === 'running') return outcomeIcons.running;
  if (state === 'interrupted') return outcomeIcons.unknown;
  if (present.includes('failed') || present.includes('unknown')) return outcomeIcons.failed;
  if (state === 'cancelled' || didFail) return outcomeIcons.cancelled;
  return outcomeIcons[present.includes('unverified') ? 'unverified' : 'done'];
}

/** What became of one computer. */
export class ResultItem extends vscode.TreeItem {
  constructor(run: string, result: RecordedResult) {
    super(result.computer);
    const { computer, outcome, error, note, technology, durationMs } = result;
    const words = outcomeWords[outcome];
    const why = error ? withoutName(error.message, computer) : note;
    this.id = `${run}/${computer}`;
    this.iconPath = outcomeIcons[outcome];
    this.description = [words, why].filter(Boolean).join(' · ');
    const how = [technology, durationMs > 0 && formatDuration(durationMs)].filter(Boolean).join(', ');
    this.tooltip = [
      `${computer}: ${words}${how === '' ? '' : ` (${how})`}`,
      error && `${error.message} (${error.code})`,
      error && adviceFor(error),
      note,
    ]
      .filter(Boolean)
      .join('\n');
    this.accessibilityInformation = { label: `${computer}, ${this.description}` };
    this.contextValue = 'result';
  }
}

/** Stands for the rest of a list: of runs when `run` is empty, else of a run's computers. */
export class MoreResultsItem extends vscode.TreeItem {
  constructor(run: string, hidden: number | undefined) {
    super(t('Show more…'));
    this.id = `${run}/more`;
    this.iconPath = new vscode.ThemeIcon('more');
    if (hidden !== undefined) this.description = t('{0} not shown', hidden);
    this.command = { command: 'sideband.showMoreResults', title: t('Show More'), arguments: [run] };
  }
}
