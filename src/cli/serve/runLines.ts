import { formatDuration } from '../../base/duration';
import type { JobReport } from '../../jobs/running/jobReport';
import type { ServeLines } from './serveLines';

/** The job and the time that a run is for. */
export interface DueRun {
  /** The job's file, as in its source. */
  readonly file: string;
  readonly title: string;
  /** ISO 8601. */
  readonly dueAt: string;
}

/** `12 computers` */
export function countComputers(computers: number): string {
  return `${computers} computer${computers === 1 ? '' : 's'}`;
}

/** Says how a run ended. */
export function sayEnd(lines: ServeLines, due: DueRun, report: JobReport): void {
  const { file, title } = due;
  const { runId: run, durationMs, cancelled, halted } = report;
  const counts = countOutcomes(report);
  lines.say(`${file} (${title}): run ${run} ${endText(report, counts)}`, {
    event: 'end',
    ...due,
    run,
    durationMs,
    cancelled,
    ...(halted !== undefined && { halted }),
    counts,
  });
}

function countOutcomes({ results }: JobReport): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { outcome } of results) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}

function endText({ durationMs, cancelled, halted }: JobReport, counts: Readonly<Record<string, number>>): string {
  const summary = Object.entries(counts).map(([outcome, count]) => `${count} ${outcome}`);
  const early = halted === undefined ? '' : `; stopped early: ${halted}`;
  return `${cancelled ? 'was cancelled' : 'ended'} after ${formatDuration(durationMs)}: ${summary.join(', ')}${early}`;
}
