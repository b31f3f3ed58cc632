/** Where the engine writes what happened. Each line names the computer. Secrets never reach it: they are `Secret`. */
export interface Log {
  info(line: string): void;
  warn(line: string): void;
  /** Every message on the wire, in words. `line` is a function so that nothing is formatted while nobody reads it. */
  trace(line: () => string): void;
}

export const silentLog: Log = { info: () => undefined, warn: () => undefined, trace: () => undefined };
