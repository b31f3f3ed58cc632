import type { Ledger, RecordedResult, RecordedStep, RunSummary } from '../../jobs/ledger';

/** The steps of one run by computer. The ledger gives all of them at once, and from then on what is new. */
export class RunSteps {
  readonly #ledger: Pick<Ledger, 'changes'>;
  readonly #run: string;
  readonly #byComputer = new Map<string, Map<number, RecordedStep | RecordedResult>>();
  #seq = 0;
  #reading: Promise<void> | undefined;

  constructor(ledger: Pick<Ledger, 'changes'>, run: string) {
    this.#ledger = ledger;
    this.#run = run;
  }

  /** By number, those that have begun on a computer. Rejects with `ledger.unavailable`. */
  async of(computer: string): Promise<ReadonlyMap<number, RecordedStep | RecordedResult>> {
    this.#reading ??= this.#read().finally(() => {
      this.#reading = undefined;
    });
    await this.#reading;
    return this.#byComputer.get(computer) ?? new Map();
  }

  async #read(): Promise<void> {
    const changes = await this.#ledger.changes(this.#run, this.#seq);
    if (!changes) return;
    this.#seq = changes.seq;
    for (const step of changes.steps) {
      const known = this.#byComputer.get(step.computer) ?? new Map<number, RecordedStep | RecordedResult>();
      this.#byComputer.set(step.computer, known.set(step.step, step));
    }
  }
}

/** What was under way when its process died may have happened. */
export function settled<Step extends RecordedStep | RecordedResult>(
  step: Step,
  state: RunSummary['state'],
): Step | (Omit<Step, 'outcome'> & { readonly outcome: 'unknown' }) {
  return step.outcome === 'running' && state === 'interrupted' ? { ...step, outcome: 'unknown' } : step;
}
