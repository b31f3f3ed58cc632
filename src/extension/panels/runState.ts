import type { RunHead, RunOffers, RunSnapshot, RunUpdate } from '../../../webviews/run/contract';
import type { ShownOutcome } from '../../../webviews/shared/outcomes';
import type { Ledger, RunRecord, RunSummary } from '../../jobs/ledger';
import { type CellRecord, RunMatrix } from './runMatrix';

export interface RunStateOptions {
  readonly ledger: Pick<Ledger, 'run' | 'changes'>;
  readonly run: RunRecord;
  /** What can be done about the run as it is. */
  offers(run: RunSummary): RunOffers;
}

/** What the run page shows: a run as the ledger has it, whoever writes it. */
export class RunState {
  readonly #options: RunStateOptions;
  readonly #matrix: RunMatrix;
  #run: RunSummary;
  #seq = 0;
  #version = 0;
  #told = '';

  constructor(options: RunStateOptions) {
    const { results: _, job: __, ...run } = options.run;
    this.#options = options;
    this.#matrix = new RunMatrix(options.run);
    this.#run = run;
  }

  get run(): RunSummary {
    return this.#run;
  }

  get isRunning(): boolean {
    return this.#run.state === 'running';
  }

  /** Reads what is new. Rejects with `ledger.unavailable`. */
  async read(): Promise<void> {
    const { ledger } = this.#options;
    const before = this.#run.state;
    let changes = await ledger.changes(this.#run.id, this.#seq);
    // What had begun is told otherwise once its process has died, and that is no change of any row.
    const isRetold = changes && changes.state !== before && [before, changes.state].includes('interrupted');
    if (isRetold) changes = await ledger.changes(this.#run.id, 0);
    if (!changes || changes.seq < this.#seq) return;
    this.#seq = changes.seq;
    this.#matrix.apply(changes);
    if (changes.state !== before) await this.#readHead(changes.state);
  }

  record(computer: unknown, column: unknown): CellRecord | undefined {
    return this.#matrix.record(computer, column);
  }

  snapshot(): RunSnapshot {
    const { computers, steps } = this.#matrix;
    return { version: ++this.#version, head: this.#tellHead(), computers, steps, cells: this.#matrix.all() };
  }

  /** What the page has not been told yet; nothing when it knows everything. */
  takeUpdate(): RunUpdate | undefined {
    const told = this.#told;
    const [head, cells] = [this.#tellHead(), this.#matrix.takeChanges()];
    if (!cells && told === this.#told) return undefined;
    return { version: ++this.#version, head, ...(cells && { cells }) };
  }

  async #readHead(state: RunSummary['state']): Promise<void> {
    const record = await this.#options.ledger.run(this.#run.id);
    if (!record) return;
    const { endedAt } = record;
    this.#run = { ...this.#run, state, ...(endedAt !== undefined && { endedAt }) };
  }

  #tellHead(): RunHead {
    const { id, title, targets, state, startedAt, endedAt, rerunOf } = this.#run;
    const counts = Object.fromEntries(this.#matrix.counts()) as Partial<Record<ShownOutcome, number>>;
    const head: RunHead = {
      id,
      title,
      targets,
      state,
      startedAt: Date.parse(startedAt),
      ...(endedAt !== undefined && { endedAt: Date.parse(endedAt) }),
      ...(rerunOf !== undefined && { rerunOf }),
      can: this.#options.offers({ ...this.#run, counts }),
    };
    this.#told = JSON.stringify(head);
    return head;
  }
}
