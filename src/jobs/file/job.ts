import type { Hours } from '../policy';
import type { Expression } from './expression';

/** A value that a job asks for, as GitHub Actions does it. */
export interface Input {
  readonly name: string;
  readonly type: 'string' | 'number' | 'boolean' | 'choice';
  readonly description?: string;
  /** Absent: it must be given. */
  readonly default?: InputValue;
  /** What may be chosen, when the type is `choice`. */
  readonly options: readonly string[];
}

export type InputValue = string | number | boolean;
export type InputValues = Readonly<Record<string, InputValue>>;

/** A share of the computers, or a number of them. */
export type Amount = { readonly count: number } | { readonly percent: number };

/** How a run goes through its computers. */
export interface Strategy {
  /** Computers under way at once; absent: from fleet.yaml. */
  readonly concurrency?: number;
  /** The same in one site. */
  readonly perSite?: number;
  /** How many computers have begun after each wave, in all; empty: all at once. */
  readonly waves: readonly Amount[];
  /** Between two waves, in milliseconds. */
  readonly pauseMs: number;
  /**
   * How many computers may fail or end unknown: one more, and no further computer begins and those under way go to `finally`. Absent:
   * any number, but then the first wave with a failure is the last one.
   */
  readonly failFast?: Amount;
  /** The beginnings are spread evenly over so many milliseconds. */
  readonly spreadMs: number;
}

/** When a job runs by itself. */
export interface Schedule {
  /** Five fields, as in cron(8). */
  readonly cron: string;
  /** An IANA name; absent: that of the process. */
  readonly timezone?: string;
  /** What becomes of times at which nobody was there to run it. */
  readonly missed: 'skip' | 'once';
}

export interface Step {
  /** As others refer to it; made up for steps without one. */
  readonly id: string;
  readonly title: string;
  /** An operation's id, or `run.job`. */
  readonly uses: string;
  /** Texts may hold `${{ … }}`. */
  readonly with: Readonly<Record<string, unknown>>;
  /** Absent: when all steps before it succeeded; in `finally`: always. */
  readonly condition?: Expression;
  readonly retries: number;
  readonly retryDelayMs: number;
  /** Of one attempt; absent: as the operation needs. */
  readonly timeoutMs?: number;
  readonly continueOnError: boolean;
}

/** A file of `.sideband/jobs`, checked. */
export interface Job {
  readonly name: string;
  readonly description?: string;
  /** May hold `${{ inputs.… }}`. */
  readonly targets: string;
  readonly inputs: readonly Input[];
  readonly strategy: Strategy;
  readonly schedule?: Schedule;
  /** When a run may begin, and begin a wave; empty: at any time. */
  readonly windows: readonly Hours[];
  readonly steps: readonly Step[];
  readonly finally: readonly Step[];
}
