import { SidebandError } from '../../base/errors';
import type { Intent, RunWriter, StepClose } from '../../jobs/ledger';
import type { ComputerResult } from '../../jobs/result';

/**
 * Writes a run that can be let go of without ending it. From then on nothing begins: what is intended rejects with
 * `ledger.unavailable`, as when another process has taken the run over. What is in flight may still be recorded.
 */
export class LeavableWriter implements RunWriter {
  readonly id: string;
  readonly #writer: RunWriter;
  readonly #inFlight = new Set<string>();
  #isLeft = false;
  #settle: (() => void) | undefined;

  constructor(writer: RunWriter) {
    this.id = writer.id;
    this.#writer = writer;
  }

  async intend(intent: Intent): Promise<void> {
    if (this.#isLeft) throw leftError();
    const key = keyOf(intent.computer, intent.step);
    this.#inFlight.add(key);
    try {
      await this.#writer.intend(intent);
    } catch (thrown) {
      this.#landed(key);
      throw thrown;
    }
  }

  async closeStep(close: StepClose): Promise<void> {
    const key = keyOf(close.result.computer, close.step);
    if (this.#isLeft && !this.#inFlight.has(key)) throw leftError();
    await this.#writer.closeStep(close).finally(() => {
      this.#landed(key);
    });
  }

  /** A computer of a run that is left has no outcome yet. */
  async close(result: ComputerResult): Promise<void> {
    if (!this.#isLeft) await this.#writer.close(result);
  }

  async end(state: 'finished' | 'cancelled'): Promise<void> {
    if (!this.#isLeft) await this.#writer.end(state);
  }

  /** Resolves when nothing is in flight any more. When the signal ends first, that is not recorded either. */
  leave(signal: AbortSignal): Promise<void> {
    this.#isLeft = true;
    const giveUp = (): void => {
      this.#inFlight.clear();
      this.#look();
    };
    return new Promise((resolve) => {
      this.#settle = resolve;
      if (signal.aborted) giveUp();
      else signal.addEventListener('abort', giveUp, { once: true });
      this.#look();
    });
  }

  #landed(key: string): void {
    this.#inFlight.delete(key);
    this.#look();
  }

  #look(): void {
    if (this.#isLeft && this.#inFlight.size === 0) this.#settle?.();
  }
}

function keyOf(computer: string, step: number | undefined): string {
  return JSON.stringify([computer, step]);
}

function leftError(): SidebandError {
  return new SidebandError('ledger.unavailable', 'this window lets go of the run');
}
