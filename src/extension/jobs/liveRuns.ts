import { Emitter } from '../../base/emitter';
import type { Disposable } from '../../base/disposables';

/** A run that goes on in this window. */
export interface LiveRun {
  readonly title: string;
  /** Whose computers it is about. */
  readonly folder: string;
  /** Finishes what is in flight, then `finally`; begins nothing else. */
  windDown(): void;
  /** Breaks off, down to the socket. */
  stop(): void;
  /** Lets go of it, so that it can be resumed; resolves when nothing of it is written any more, at the signal’s end at the latest. */
  leave(signal: AbortSignal): Promise<void>;
}

/** How far a run has been cancelled. */
export type Cancelling = 'windingDown' | 'stopping';

export interface CancelledRun {
  readonly id: string;
  readonly title: string;
  readonly cancelling: Cancelling;
}

interface Entry {
  readonly run: LiveRun;
  readonly end: Promise<undefined>;
  cancelling?: Cancelling;
}

/** VS Code gives an extension about four seconds to close, in milliseconds. */
const closesWithinMs = 3500;

/** The runs that go on in this window, by whomever they were begun: they can be cancelled by their ids. */
export class LiveRuns implements AsyncDisposable {
  readonly #runs = new Map<string, Entry>();
  readonly #didChange = new Emitter<undefined>();
  readonly #didCancel = new Emitter<CancelledRun>();
  /** A run has begun or ended, or is being cancelled. */
  readonly onDidChange = this.#didChange.event;
  readonly onDidCancel = this.#didCancel.event;

  /** The run is recorded from now on. Dispose of what is returned when it has ended. */
  begin(id: string, run: LiveRun): Disposable {
    const { promise: end, resolve: tellEnd } = Promise.withResolvers<undefined>();
    const entry = { run, end };
    this.#runs.set(id, entry);
    this.#didChange.fire(undefined);
    return {
      dispose: () => {
        tellEnd(undefined);
        if (this.#runs.get(id) !== entry) return;
        this.#runs.delete(id);
        this.#didChange.fire(undefined);
      },
    };
  }

  isLive(id: string): boolean {
    return this.#runs.has(id);
  }

  /** How far a run has been cancelled; nothing when it has not, or does not go on here. */
  cancelling(id: string): Cancelling | undefined {
    return this.#runs.get(id)?.cancelling;
  }

  /** The first call winds a run down, the second one stops it. Nothing for a run that does not go on here. */
  cancel(id: string): Cancelling | undefined {
    const entry = this.#runs.get(id);
    if (!entry) return undefined;
    if (entry.cancelling === undefined) {
      entry.cancelling = 'windingDown';
      entry.run.windDown();
    } else {
      entry.cancelling = 'stopping';
      entry.run.stop();
    }
    const { run, cancelling } = entry;
    this.#didChange.fire(undefined);
    this.#didCancel.fire({ id, title: run.title, cancelling });
    return cancelling;
  }

  /** Winds down the runs of a folder that is closed, and resolves when they have ended. */
  async endThoseOf(folder: string): Promise<void> {
    const own = [...this.#runs].filter(([, { run }]) => run.folder === folder);
    for (const [id, { cancelling }] of own) if (cancelling === undefined) this.cancel(id);
    await Promise.all(own.map(([, { end }]) => end));
  }

  /** The window closes: lets go of every run. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#didChange.dispose();
    this.#didCancel.dispose();
    const signal = AbortSignal.timeout(closesWithinMs);
    await Promise.allSettled([...this.#runs.values()].map(({ run }) => run.leave(signal)));
  }
}
