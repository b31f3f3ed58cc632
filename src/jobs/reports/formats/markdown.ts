import { formatDuration } from '../../../base/duration';
import { escapeMarkdown, markdownTable } from '../../../base/markdown';
import type { RecordedOutcome } from '../../ledger';
import { casesOf, caseTitle, reasonOf, type RunCase, runDurationMs, verdictOf } from '../runCases';
import type { RunDocument } from '../runDocument';
import type { RunFormat } from '../runFormat';

/** A step summary of GitHub takes 1 MiB. */
const mostFailures = 500;
const mostRows = 1000;

/** As a step summary of CI: how many came to what, what failed, and all of it folded away. */
export const markdown: RunFormat = {
  name: 'md',
  title: 'Markdown',
  extension: 'md',
  format(document) {
    const { record } = document;
    const cases = casesOf(document);
    const failed = cases.filter((one) => verdictOf(one) === 'failed');
    const started = `${record.startedAt.slice(0, 19).replace('T', ' ')} UTC`;
    const parts = [
      `## ${escapeMarkdown(record.title)}`,
      `${record.state} · ${formatDuration(runDurationMs(record))} · ${started} · run \`${record.id}\` · plan \`${record.planHash}\``,
      countsTable(record.counts),
      ...(failed.length > 0 ? [`### Failed (${failed.length})`, casesTable(failed, document, mostFailures)] : []),
      `<details><summary>All ${cases.length} results</summary>`,
      casesTable(cases, document, mostRows),
      '</details>',
    ];
    return `${parts.join('\n\n')}\n`;
  },
};

function countsTable(counts: Readonly<Partial<Record<RecordedOutcome, number>>>): string {
  const rows = Object.entries(counts).map(([outcome, count]) => [outcome, String(count)]);
  return markdownTable(['Outcome', 'Computers'], rows);
}

function casesTable(cases: readonly RunCase[], { record }: RunDocument, most: number): string {
  const rows = cases
    .slice(0, most)
    .map((one) =>
      [
        one.computer,
        caseTitle(one, record),
        one.outcome,
        one.technology ?? '',
        formatDuration(one.durationMs),
        reasonOf(one),
      ].map(escapeMarkdown),
    );
  const table = markdownTable(['Computer', 'Step', 'Outcome', 'By', 'Took', 'Why'], rows);
  return cases.length > most ? `${table}\n\nand ${cases.length - most} more` : table;
}
