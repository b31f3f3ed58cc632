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

/** A certificate that nobody has vouched for. */
export interface TrustQuestion {
  readonly computer: string;
  readonly host: string;
  readonly port: number;
  /** SHA-256 of the DER, as 64 lower-case hex digits. */
  readonly fingerprint: string;
  readonly subject: string;
  readonly issuer: string;
  /** ISO 8601. */
  readonly validTo: string;
}

/** A device that shows a code to the person in front of it, and acts only when it is told the code. */
export interface ConsentQuestion {
  readonly computer: string;
  /** How long the device waits, in seconds. */
  readonly waitsSeconds: number;
  /** Whether the code that was given before was wrong. */
  readonly wasWrong?: boolean;
}

/** What can be asked in the middle of the work. Absent: nobody is there to answer. */
export interface Asks {
  /** Whether a certificate is to be believed from now on. */
  readonly trust?: (question: TrustQuestion, signal: AbortSignal) => Promise<boolean>;
  /** The six digits on the screen; nothing when nobody can read them. */
  readonly consentCode?: (question: ConsentQuestion, signal: AbortSignal) => Promise<string | undefined>;
}

/** Who runs the engine: the editor, the command line, a schedule, a rule. */
export interface Frontend {
  readonly log: Log;
  readonly asks?: Asks;
  /** Asked once for a plan, and only when its danger is not `safe`. */
  confirm(question: Question, signal: AbortSignal): Promise<boolean>;
  progress(progress: Progress): void;
}
