import type { Stops } from '../jobs/running/jobReport';

/** What the interrupts of a process mean: each one is more urgent than the one before. */
export class Interrupts {
  readonly #interrupted = new AbortController();
  readonly #insisted = new AbortController();
  readonly #leave: () => void;
  #windsDown = false;

  /** `leave` ends the process at once. */
  constructor(leave: () => void) {
    this.#leave = leave;
  }

  get interrupted(): AbortSignal {
    return this.#interrupted.signal;
  }

  /** For what winds down at the first interrupt: the second one stops it, and from now on only the third ends the process. */
  stops(): Stops {
    this.#windsDown = true;
    return { windDown: this.#interrupted.signal, stop: this.#insisted.signal };
  }

  /** The user’s interrupt, as Ctrl-C sends it. */
  interrupt(): void {
    if (!this.#interrupted.signal.aborted) this.#interrupted.abort();
    else if (this.#windsDown && !this.#insisted.signal.aborted) this.#insisted.abort();
    else this.#leave();
  }

  /** The system’s wish that the process ends. However often it comes, it is no insistence. */
  terminate(): void {
    this.#interrupted.abort();
  }
}
