import type { Ledger, RunHeader, RunWriter } from '../../jobs/ledger';
import { LeavableWriter } from './leavableWriter';

/** The ledger for one run that this window can let go of, so that it is left as if its process had died between two steps. */
export class LeavableLedger implements Ledger {
  readonly #ledger: Ledger;
  #writer: LeavableWriter | undefined;

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
  }

  get schedules(): Ledger['schedules'] {
    return this.#ledger.schedules;
  }

  async begin(header: RunHeader): Promise<RunWriter> {
    return (this.#writer = new LeavableWriter(await this.#ledger.begin(header)));
  }

  async resume(id: string): Promise<RunWriter> {
    return (this.#writer = new LeavableWriter(await this.#ledger.resume(id)));
  }

  /** Begins nothing else, and resolves when what is in flight has been recorded or the signal ends. */
  leave(signal: AbortSignal): Promise<void> {
    return this.#writer?.leave(signal) ?? Promise.resolve();
  }

  runs(options: Parameters<Ledger['runs']>[0]): ReturnType<Ledger['runs']> {
    return this.#ledger.runs(options);
  }

  run(id: string): ReturnType<Ledger['run']> {
    return this.#ledger.run(id);
  }

  lastRun(folder: string): ReturnType<Ledger['lastRun']> {
    return this.#ledger.lastRun(folder);
  }

  changes(id: string, seq: number): ReturnType<Ledger['changes']> {
    return this.#ledger.changes(id, seq);
  }

  keepPlan(plan: Parameters<Ledger['keepPlan']>[0]): Promise<void> {
    return this.#ledger.keepPlan(plan);
  }

  plan(hash: string): ReturnType<Ledger['plan']> {
    return this.#ledger.plan(hash);
  }

  /** It is somebody else’s. */
  dispose(): void {
    return undefined;
  }
}
