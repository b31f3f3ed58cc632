import { SidebandError, toSidebandError } from '../../../base/errors';

/** Taking back has a time of its own, for it also follows a cancelled run. */
const takeBackMs = 30_000;
const namedAtMost = 3;

interface Step {
  readonly what: string;
  readonly takeBack: (signal: AbortSignal) => Promise<void>;
}

/**
 * Changes that belong together. When one fails, those before it are taken back in reverse, unless an answer was lost: then nobody
 * knows what the device holds, and it is left alone.
 */
export class Transaction {
  readonly #steps: Step[] = [];

  async step<T>(
    what: string,
    act: () => Promise<T>,
    takeBack: (made: T, signal: AbortSignal) => Promise<void>,
  ): Promise<T> {
    const made = await act();
    this.#steps.push({ what, takeBack: (signal) => takeBack(made, signal) });
    return made;
  }

  /** The error to throw after something failed, once the steps are taken back. */
  async fail(thrown: unknown): Promise<SidebandError> {
    const error = toSidebandError(thrown);
    if (this.#steps.length === 0) return error;
    if (error.effect === 'unknown') return unknown(error, `done before: ${names(this.#steps)}`);
    const left: Step[] = [];
    const signal = AbortSignal.timeout(takeBackMs);
    for (const step of this.#steps.toReversed()) {
      await step.takeBack(signal).catch(() => left.unshift(step));
    }
    if (left.length > 0) return unknown(error, `not taken back: ${names(left)}`);
    const message = `${error.message}; what was done for it is taken back`;
    return new SidebandError(error.code, message, error.details, error);
  }
}

/** The error of a change in the middle of others. */
export function unknown(error: SidebandError, what: string): SidebandError {
  return new SidebandError(error.code, `${error.message}; ${what}`, { ...error.details, effect: 'unknown' }, error);
}

function names(steps: readonly Step[]): string {
  const some = steps.slice(-namedAtMost).map(({ what }) => what);
  const more = steps.length - some.length;
  return more > 0 ? `${some.join(', ')} and ${more} more` : some.join(', ');
}
