import type { Operation } from '../../operations/operation';
import type { Expression } from '../file/expression';
import type { Input, InputValues, Job } from '../file/job';

/** One operation that is done on each computer. */
export interface ProgramStep {
  /** Its place in `Program.steps`, and its number in the ledger. */
  readonly index: number;
  /** `wake`; in a called job with the calling step before it: `prepare/wake`. */
  readonly id: string;
  readonly title: string;
  /** Of its own job. */
  readonly role: 'step' | 'finally';
  readonly operation: Operation;
  /** Texts may hold `${{ … }}`. */
  readonly with: Readonly<Record<string, unknown>>;
  readonly condition?: Expression;
  readonly retries: number;
  readonly retryDelayMs: number;
  readonly timeoutMs?: number;
  readonly continueOnError: boolean;
  readonly scope: Scope;
}

/** What names mean inside a job: a called job sees its own inputs and steps alone. */
export interface Scope {
  /** What stands before the ids of its steps: empty, or `prepare/`. */
  readonly prefix: string;
  /** Of a called job as `with.inputs` has them, where texts may hold `${{ … }}` of the caller. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** What these values are meant to be. */
  readonly declared?: readonly Input[];
  /** Absent for the job that is run. */
  readonly caller?: Scope;
}

/** The steps of a job, and what is done in any case after them. */
export interface Block {
  readonly steps: readonly (ProgramStep | Call)[];
  readonly finally: readonly (ProgramStep | Call)[];
}

/** A job that a step calls by `run.job`, in its place. */
export interface Call {
  /** With what stands before it, as the ids of steps have it. */
  readonly id: string;
  /** Of the calling job. */
  readonly role: 'step' | 'finally';
  readonly condition?: Expression;
  readonly continueOnError: boolean;
  /** Of the calling job: the condition is read in it. */
  readonly scope: Scope;
  readonly block: Block;
}

/** A job with the jobs that it calls put in their places: what is done on each computer. */
export interface Program {
  /** In the order of the files. */
  readonly steps: readonly ProgramStep[];
  readonly root: Block;
}

/** The texts that a run was made of, so that it can be resumed as it began. */
export interface JobSource {
  /** Relative to the folder where it lies in it, else absolute; with `/` between. */
  readonly file: string;
  /** By file, named in the same way: the job's own and those of the jobs that it calls. */
  readonly texts: Readonly<Record<string, string>>;
  readonly inputs: InputValues;
}

/** A job that is ready to be planned. */
export interface CompiledJob {
  readonly job: Job;
  readonly program: Program;
  readonly source: JobSource;
}

export function isCall(item: ProgramStep | Call): item is Call {
  return 'block' in item;
}
