import type { RecordedStep } from '../ledger';
import type { Call, Program, ProgramStep } from '../program/program';
import type { Outcome } from '../result';

/** How a computer’s way is ended early; see the README beside this file. */
export type StopMode = 'none' | 'windDown' | 'halt' | 'stop';

/** What the machine looks at in the record of a step. */
export type StepState = Pick<RecordedStep, 'outcome' | 'attempts' | 'error'>;

/** By the steps’ index; absent: nothing has become of it yet. */
export type StepStates = readonly (StepState | undefined)[];

/** What `failed()` and `cancelled()` mean at one place of the program. */
export interface Standing {
  readonly failed: boolean;
  readonly cancelled: boolean;
}

/** Where one computer stands. */
export interface Situation {
  readonly program: Program;
  readonly states: StepStates;
  readonly stop: StopMode;
  /** Whether a condition holds that the file gives. */
  holds(item: ProgramStep | Call, standing: Standing): boolean;
}

/** What becomes of steps that are not tried. */
export type Closing =
  /** The condition of the step, or of the job that called it, is false. */
  | { readonly as: 'left-out'; readonly because: ProgramStep | Call }
  /** `finally` of a job of which nothing began. */
  | { readonly as: 'not-begun' }
  | { readonly as: 'cancelled' }
  | { readonly as: 'halted' }
  /** An intent without an outcome, of a process that died. */
  | { readonly as: 'interrupted' };

export interface TryMove {
  readonly kind: 'try';
  readonly step: ProgramStep;
  /** From 1. */
  readonly attempt: number;
  /** To be waited before it, in milliseconds. */
  readonly delayMs: number;
  /** In a `finally`, which only `stop` breaks off. */
  readonly inFinally: boolean;
  readonly standing: Standing;
}

export interface CloseMove {
  readonly kind: 'close';
  readonly steps: readonly ProgramStep[];
  readonly closing: Closing;
}

export interface EndMove {
  readonly kind: 'end';
  readonly verdict: Verdict;
}

/** What is to be done next on a computer. */
export type Move = TryMove | CloseMove | EndMove;

/** What a step, a called job or the whole came to. */
export interface Verdict {
  readonly outcome: Outcome;
  /** Whether nothing went wrong: also when all was left out. */
  readonly ok: boolean;
  /** The step that decided; absent when none counted. */
  readonly step?: ProgramStep;
}
