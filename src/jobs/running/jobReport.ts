import type { ComputerResult } from '../result';

/** How a run of a job ended. What became of the single steps is in the ledger. */
export interface JobReport {
  readonly runId: string;
  readonly title: string;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly durationMs: number;
  readonly cancelled: boolean;
  /** Why not all computers began, in a sentence: `failFast`, a wave, a window that closed. */
  readonly halted?: string;
  /** In the plan's order. */
  readonly results: readonly ComputerResult[];
}

/** How a run is ended early. */
export interface Stops {
  /** Finish what is in flight, then `finally`; begin nothing else. */
  readonly windDown: AbortSignal;
  /** Break off, down to the socket. */
  readonly stop: AbortSignal;
}
