/** One thing that a device holds otherwise than wanted. */
export interface Difference {
  /** What it is, in words: `ping response`. */
  readonly name: string;
  /** Asks the device for what is wanted. A lost answer rejects with the effect `unknown`. */
  readonly write: (signal: AbortSignal) => Promise<void>;
}
