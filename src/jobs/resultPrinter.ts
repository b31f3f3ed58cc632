import type { Progress } from '../base/frontend';
import { formatDuration } from '../base/duration';
import { printable } from '../base/printable';
import { formatRow } from '../base/textTable';
import type { RecordedResult } from './ledger';
import { yamlOf } from './result';

/** Where results are printed. */
export interface ResultTerminal {
  /** Whether a person reads it, and whether one can be asked: then progress is a bar. */
  readonly isTerminal: boolean;
  readonly canAsk: boolean;
  out(text: string): void;
  /** What is not a result. */
  err(text: string): void;
}

type ShownResult = Omit<RecordedResult, 'durationMs'> & { readonly durationMs: number };

const outcomeWidth = 10;
const sparseEveryMs = 5000;

/** Prints a row for each computer as it ends, and what to know at the end. */
export class ResultPrinter {
  readonly #io: ResultTerminal;
  readonly #nameWidth: number;
  readonly #startedAt = performance.now();
  #pending: string[] = [];
  #scheduled: NodeJS.Immediate | undefined;
  #barShown = false;
  #lastSparse = performance.now();

  constructor(io: ResultTerminal, names: readonly string[]) {
    this.#io = io;
    this.#nameWidth = names.reduce((widest, { length }) => Math.min(60, Math.max(widest, length)), 8);
  }

  row(result: ShownResult): void {
    this.#pending.push(formatResult(result, this.#nameWidth));
    this.#scheduled ??= setImmediate(() => {
      this.#flush();
    });
  }

  /** A bar on a terminal; otherwise a line now and then. */
  progress({ done, failed, total }: Progress): void {
    const counts = `${done} of ${total}${failed > 0 ? `, ${failed} failed` : ''}`;
    if (this.#io.isTerminal && this.#io.canAsk) {
      if (total < 20) return;
      const filled = Math.round((20 * done) / total);
      this.#io.err(`\r\u001b[K[${'='.repeat(filled)}${' '.repeat(20 - filled)}] ${counts}`);
      this.#barShown = true;
    } else if (performance.now() - this.#lastSparse >= sparseEveryMs) {
      this.#lastSparse = performance.now();
      this.#io.err(`${counts}\n`);
    }
  }

  /** The counts of the outcomes, and the advice for each kind of error once. */
  end(results: readonly ShownResult[], runId: string | undefined): void {
    this.#flush();
    this.#clearBar();
    const counts = new Map<string, number>();
    for (const { outcome } of results) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
    const summary = [...counts].map(([outcome, count]) => `${count} ${outcome}`).join(', ');
    const run = runId === undefined ? '' : `; run ${runId}`;
    this.#io.err(`${summary} in ${formatDuration(performance.now() - this.#startedAt)}${run}\n`);
    for (const line of adviceFor(results)) this.#io.err(`${line}\n`);
  }

  #flush(): void {
    clearImmediate(this.#scheduled);
    this.#scheduled = undefined;
    if (this.#pending.length === 0) return;
    this.#clearBar();
    this.#io.out(`${this.#pending.join('\n')}\n`);
    this.#pending = [];
  }

  #clearBar(): void {
    if (!this.#barShown) return;
    this.#io.err('\r\u001b[K');
    this.#barShown = false;
  }
}

/** `lab-01    done        on  (IPMI, 9 ms)`; a text that it carries comes below. */
export function formatResult(result: ShownResult, nameWidth: number): string {
  const { computer, outcome, technology, durationMs } = result;
  const by = [technology, formatDuration(durationMs)].filter(Boolean).join(', ');
  const cells = [printable(computer), outcome, [describeResult(result), `(${by})`].filter(Boolean).join('  ')];
  const lines = yamlOf(result.value)?.trimEnd().split('\n').map(printable) ?? [];
  return [formatRow(cells, [nameWidth, outcomeWidth]), ...lines].join('\n');
}

function describeResult({ value, note, error }: ShownResult): string {
  if (error) return `${error.code}: ${printable(error.message)}`;
  return [describeValue(value), note]
    .filter(Boolean)
    .map((part) => printable(String(part)))
    .join('. ');
}

function describeValue(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value !== 'object') return describePart(value);
  const named = Object.entries(value).filter(([, part]) => part !== yamlOf(value));
  const parts = named.map(([name, part]: readonly [string, unknown]) =>
    Array.isArray(part) ? `${part.length} ${name}` : typeof part === 'number' ? `${part} ${name}` : describePart(part),
  );
  return parts.join(', ');
}

function describePart(part: unknown): string {
  return typeof part === 'string' ? part : JSON.stringify(part);
}

function adviceFor(results: readonly ShownResult[]): readonly string[] {
  const byHint = new Map<string, string[]>();
  for (const { computer, error } of results) {
    if (!error || error.code === 'run.cancelled') continue;
    const line = `${error.code}: ${error.hint}`;
    const computers = byHint.get(line) ?? [];
    computers.push(computer);
    byHint.set(line, computers);
  }
  return [...byHint].map(([line, computers]) => `  ${printable(`${nameSome(computers)}: ${line}`)}`);
}

/** At most three of the names, and how many more there are. */
export function nameSome(names: readonly string[], most = 3): string {
  const shown = names.slice(0, most).join(', ');
  return names.length > most ? `${shown} and ${names.length - most} more` : shown;
}
