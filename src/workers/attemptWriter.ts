import { SidebandError } from '../base/errors';
import type { Intent, RunWriter, StepClose } from '../jobs/ledger';
import type { ComputerResult } from '../jobs/result';

/**
 * Writes what one worker does to one computer. Once a write has failed, or the computer is let go, the computer is not closed any more:
 * whoever gets it next goes on from what is recorded.
 */
export class AttemptWriter implements RunWriter {
  readonly id: string;
  readonly #writer: RunWriter;
  #isClosed = false;
  #isOver = false;

  constructor(writer: RunWriter) {
    this.id = writer.id;
    this.#writer = writer;
  }

  /** Whether the computer's outcome is recorded. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** What is in flight is still recorded, but nothing else is begun. */
  letGo(): void {
    this.#isOver = true;
  }

  async intend(intent: Intent): Promise<void> {
    this.#assertNotOver(intent.computer);
    await this.#write(() => this.#writer.intend(intent));
  }

  async closeStep(close: StepClose): Promise<void> {
    // Because it was let go, not because somebody has cancelled the run.
    if (this.#isOver && close.result.outcome === 'cancelled') this.#assertNotOver(close.result.computer);
    await this.#write(() => this.#writer.closeStep(close));
  }

  async close(result: ComputerResult): Promise<void> {
    this.#assertNotOver(result.computer);
    await this.#write(() => this.#writer.close(result));
    this.#isClosed = true;
  }

  end(state: 'finished' | 'cancelled'): Promise<void> {
    return this.#writer.end(state);
  }

  async #write(write: () => Promise<void>): Promise<void> {
    try {
      await write();
    } catch (error) {
      this.#isOver = true;
      throw error;
    }
  }

  #assertNotOver(computer: string): void {
    if (this.#isOver) throw new SidebandError('ledger.unavailable', `${computer}: this worker has let it go`);
  }
}
