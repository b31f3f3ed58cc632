import * as vscode from 'vscode';
import { formatDuration } from '../../base/duration';
import { outcomeLooks, outcomesByUrgency } from '../../../webviews/shared/outcomes';
import type {
  RecordedOutcome,
  RecordedResult,
  RecordedStep,
  RunRecord,
  RunSummary,
  StepHeader,
} from '../../jobs/ledger';
import { adviceFor } from '../advice';
import { withoutName } from '../tree/computerItem';

const { t } = vscode.l10n;

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
const successes: readonly string[] = ['done', 'already', 'unverified'];

export function isSuccessful(outcome: string): boolean {
  return successes.includes(outcome);
}

export function byUrgency(a: RecordedResult, b: RecordedResult): number {
  return outcomesByUrgency.indexOf(a.outcome) - outcomesByUrgency.indexOf(b.outcome);
}

/** Whether there are computers that did not succeed. */
export function leftSomething(counts: RunSummary['counts']): boolean {
  return outcomesByUrgency.some((outcome) => (counts[outcome] ?? 0) > 0 && !isSuccessful(outcome));
}

/** A run in the list. */
export class RunItem extends vscode.TreeItem {
  override readonly id: string;
  run: RunSummary;

  constructor(run: RunSummary) {
    super(`${run.title} · ${run.targets}`, vscode.TreeItemCollapsibleState.Collapsed);
    this.id = run.id;
    this.run = run;
    this.command = { command: 'sideband.openRun', title: t('Open Run'), arguments: [run.id] };
    this.update(run);
  }

  update(run: RunSummary): void {
    const { counts, state, startedAt, id } = run;
    this.run = run;
    const didFail = leftSomething(counts);
    this.description = countsText(run);
    this.iconPath = outcomeIcon(verdictOf(run));
    this.contextValue = contextOf(run, didFail);
    this.tooltip = `${id}\n${new Date(startedAt).toLocaleString()} · ${state}`;
    this.accessibilityInformation = { label: `${run.title} · ${run.targets}, ${this.description}` };
  }
}

/** The words that the menu goes by. */
function contextOf({ kind, state }: RunSummary, didFail: boolean): string {
  if (state === 'running') return 'run running';
  const words = ['run', ...(didFail ? ['failed'] : []), ...(kind === 'job' && state === 'interrupted' ? [state] : [])];
  return words.join(' ');
}

/** How many computers came to what, the most urgent first: `1 failed, 12 done`. */
export function countsText({ state, counts }: RunSummary): string {
  const present = outcomesByUrgency.filter((outcome) => (counts[outcome] ?? 0) > 0);
  const words = present.map((outcome) => `${counts[outcome] ?? 0} ${outcome.replace('-', ' ')}`);
  return [...(state === 'interrupted' ? [t('interrupted')] : []), ...words].join(', ');
}

/** What became of a run as a whole. */
export function verdictOf({ state, counts }: RunSummary): RecordedOutcome {
  const has = (outcome: RecordedOutcome): boolean => (counts[outcome] ?? 0) > 0;
  if (state === 'running') return 'running';
  if (state === 'interrupted') return 'unknown';
  if (has('failed') || has('unknown')) return 'failed';
  if (state === 'cancelled' || leftSomething(counts)) return 'cancelled';
  return has('unverified') ? 'unverified' : 'done';
}

export function outcomeIcon(outcome: RecordedOutcome): vscode.ThemeIcon {
  const { icon, color } = outcomeLooks[outcome];
  const turning = outcome === 'running' ? `${icon}~spin` : icon;
  return new vscode.ThemeIcon(turning, color === undefined ? undefined : new vscode.ThemeColor(color));
}

/** What became of something, in words and with a picture. */
abstract class OutcomeItem extends vscode.TreeItem {
  constructor(
    label: string,
    { computer, outcome, error, note, technology, durationMs }: RecordedResult | RecordedStep,
  ) {
    super(label);
    const words = outcomeWords[outcome];
    const why = error ? withoutName(error.message, computer) : note;
    this.iconPath = outcomeIcon(outcome);
    this.description = [words, why].filter(Boolean).join(' · ');
    const how = [technology, durationMs > 0 && formatDuration(durationMs)].filter(Boolean).join(', ');
    this.tooltip = [
      `${label}: ${words}${how === '' ? '' : ` (${how})`}`,
      error && `${error.message} (${error.code})`,
      error && adviceFor(error),
      note,
    ]
      .filter(Boolean)
      .join('\n');
    this.accessibilityInformation = { label: `${label}, ${this.description}` };
  }
}

/** What became of one computer; of a job it opens to the steps. */
export class ResultItem extends OutcomeItem {
  readonly run: RunSummary;
  readonly computer: string;
  readonly steps: readonly StepHeader[];

  constructor(run: RunRecord, result: RecordedResult) {
    super(result.computer, result);
    this.run = run;
    this.computer = result.computer;
    this.steps = run.job?.steps ?? [];
    this.id = `${run.id}/${result.computer}`;
    this.contextValue = 'result';
    if (this.steps.length > 0 && result.outcome !== 'not-begun') {
      this.collapsibleState = vscode.TreeItemCollapsibleState.Collapsed;
    }
  }
}

/** What became of one step on one computer. */
export class StepItem extends OutcomeItem {
  constructor({ id }: ResultItem, { id: step, title }: StepHeader, record: RecordedStep | RecordedResult) {
    super(title, record);
    this.id = `${id ?? ''}/${step}`;
    this.contextValue = 'step';
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
