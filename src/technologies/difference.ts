import { SidebandError, toSidebandError } from '../base/errors';

/** One thing that a device holds otherwise than wanted. */
export interface Difference {
  /** What it is, in words: `ping response`. */
  readonly name: string;
  /** Asks the device for what is wanted. A lost answer rejects with the effect `unknown`. */
  readonly write: (signal: AbortSignal) => Promise<void>;
}

/** The error of a change that others went before. */
export function halfDone(changed: readonly string[], thrown: unknown): SidebandError {
  const error = toSidebandError(thrown);
  const message = `${error.message}; changed before: ${changed.join(', ')}`;
  return new SidebandError(error.code, message, { ...error.details, effect: 'unknown' }, error);
}
