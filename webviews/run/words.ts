import { formatDuration } from '../../src/base/duration';
import { counted } from '../shared/counted';
import type { ShownOutcome } from '../shared/outcomes';
import type { RunHead } from './contract';
import type { CellFacts } from './matrix';

const outcomeWords: Readonly<Record<ShownOutcome, string>> = {
  failed: 'failed',
  unknown: 'unknown',
  running: 'running',
  unverified: 'unverified',
  cancelled: 'cancelled',
  skipped: 'skipped',
  'not-begun': 'not begun',
  done: 'done',
  already: 'already so',
};

export function outcomeWord(outcome: ShownOutcome): string {
  return outcomeWords[outcome];
}

/** What a cell shows beside its icon: a state or a code, else how long it took, else the outcome. */
export function cellText({ outcome, word, durationMs }: CellFacts): string {
  if (outcome === 'not-begun') return '';
  if (word !== '') return word;
  return durationMs > 0 ? formatDuration(durationMs) : outcomeWord(outcome);
}

/** All that a cell says, for hovers and screen readers. */
export function describeCell({ outcome, word, durationMs }: CellFacts): string {
  const parts = [outcomeWord(outcome), word, durationMs > 0 ? formatDuration(durationMs) : ''];
  return parts.filter(Boolean).join(', ');
}

/** `started 10:12:04, took 3 min 4 s`. */
export function describeTimes({ startedAt, endedAt, state }: RunHead, now: number): string {
  const at = new Date(startedAt);
  const isToday = at.toDateString() === new Date(now).toDateString();
  const started = `started ${isToday ? at.toLocaleTimeString() : at.toLocaleString()}`;
  if (endedAt !== undefined) return `${started}, took ${formatDuration(endedAt - startedAt)}`;
  return state === 'running' ? `${started}, ${formatDuration(inSeconds(now - startedAt))}` : started;
}

/** The status line: what is shown, and what is left out. */
export function describeRows(shown: number, all: number): string {
  const total = counted(all, 'computer');
  return shown === all ? total : `${shown.toLocaleString('en')} of ${total}`;
}

function inSeconds(ms: number): number {
  return Math.max(0, Math.floor(ms / 1000) * 1000);
}
