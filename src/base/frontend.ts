import type { Log } from './log';

export type Danger = 'safe' | 'disruptive' | 'destructive';

/** One question for a whole plan. */
export interface Question {
  /** What would be done, as a title: `Power Off`. */
  readonly title: string;
  readonly danger: Danger;
  readonly computers: readonly string[];
  /** What the user must know before saying yes; a line each. */
  readonly warnings: readonly string[];
}

export interface Progress {
  readonly done: number;
  readonly failed: number;
  readonly total: number;
}

/** Who runs the engine: the editor, the command line, a schedule, a rule. */
export interface Frontend {
  readonly log: Log;
  /** Asked once for a plan, and only when its danger is not `safe`. */
  confirm(question: Question, signal: AbortSignal): Promise<boolean>;
  progress(progress: Progress): void;
}
