import { SidebandError, toSidebandError } from '../base/errors';
import { sleep } from '../base/sleep';
import type { Intent, RunWriter, StepClose } from '../jobs/ledger';
import type { ComputerResult } from '../jobs/result';

/**
 * What was allowed longer ago than that, in milliseconds, is asked for again before anything is done: a process that stood still in the
 * meantime may have lost the computer.
 */
const staleMs = 3_000;
/** How long the end of something that was done is kept for a database that is away: without it nobody knows that it was. */
const keptMs = 300_000;
const againMs = 1_000;

/**
 * Writes what one worker does to one computer. Once a write has failed, or the computer is let go, the computer is not closed any more:
 * whoever gets it next goes on from what is recorded.
 */
export class AttemptWriter implements RunWriter {
  readonly id: string;
  readonly #writer: RunWriter;
  readonly #lost: AbortSignal;
  /** The steps that may have been done, and whose ends are not recorded. */
  readonly #acting = new Set<number>();
  #isClosed = false;
  #isOver = false;

  /** `lost` ends when there is nothing to wait for any more. */
  constructor(writer: RunWriter, lost: AbortSignal) {
    this.id = writer.id;
    this.#writer = writer;
    this.#lost = lost;
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
    let tookMs: number;
    do {
      this.#assertNotOver(intent.computer);
      const begunAt = [performance.now(), Date.now()] as const;
      await this.#write(() => this.#writer.intend(intent));
      // The one clock stands while the machine sleeps, the other may be set.
      tookMs = Math.max(performance.now() - begunAt[0], Date.now() - begunAt[1]);
    } while (tookMs > staleMs);
    if (intent.step !== undefined) this.#acting.add(intent.step);
  }

  /** Once the computer is let go, the end of what had begun alone: the rest fails because of that, and is done elsewhere. */
  async closeStep(close: StepClose): Promise<void> {
    const { computer, outcome } = close.result;
    const hasActed = this.#acting.delete(close.step);
    if (!hasActed || outcome === 'cancelled') this.#assertNotOver(computer);
    await this.#write(() => this.#writer.closeStep(close), hasActed ? keptMs : 0);
  }

  /** Also when it is not closed, for it is no outcome that a worker has let it go. */
  async close(result: ComputerResult): Promise<void> {
    if (this.#isOver) return;
    await this.#write(() => this.#writer.close(result));
    this.#isClosed = true;
  }

  end(state: 'finished' | 'cancelled'): Promise<void> {
    return this.#writer.end(state);
  }

  async #write(write: () => Promise<void>, patienceMs = 0): Promise<void> {
    const until = performance.now() + patienceMs;
    for (;;) {
      try {
        await write();
        return;
      } catch (error) {
        const isTakenOver = toSidebandError(error).details.takenOver === true;
        if (isTakenOver || this.#lost.aborted || performance.now() >= until) {
          this.#isOver = true;
          throw error;
        }
        await sleep(againMs, this.#lost).catch(() => undefined);
      }
    }
  }

  #assertNotOver(computer: string): void {
    if (this.#isOver) throw new SidebandError('ledger.unavailable', `${computer}: this worker has let it go`);
  }
}
