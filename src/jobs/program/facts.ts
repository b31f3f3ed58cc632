import type { Computer } from '../../fleet/computer';
import type { InputValues, Job } from '../file/job';
import type { RecordedOutcome } from '../ledger';
import type { Call, ProgramStep } from './program';

/** What a step came to, as expressions see it. */
export interface StepFacts {
  readonly outcome: RecordedOutcome;
  /** The result's value. */
  readonly value?: unknown;
}

/** What expressions of one computer's steps may name. */
export interface Facts {
  /** Of the job that is run. */
  readonly inputs: InputValues;
  readonly computer: Computer;
  /** By full id, with what stands before it in called jobs; a called job by the id of its step. */
  readonly steps: ReadonlyMap<string, StepFacts>;
  /** Whether `failed()` holds. */
  readonly failed: boolean;
  /** Whether `cancelled()` holds. */
  readonly cancelled: boolean;
  /** `plan`: what steps come to is not known yet. */
  readonly at: 'plan' | 'run';
}

export interface ResolvedWith {
  /** Without those that depend on what only the run can tell. Not checked by the operation's schema. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** `image: from steps.fetch`; empty: all are known. */
  readonly depends: readonly string[];
}

/** The parameters of a step with all `${{ … }}` put in. */
export function resolveWith(step: ProgramStep, facts: Facts): ResolvedWith {
  throw new Error(`not yet: ${step.id} ${facts.at}`);
}

/** Whether a step or a called job is to be done; `depends` only in plans: `if steps.wake.outcome == 'done'`. */
export function evaluateCondition(item: ProgramStep | Call, facts: Facts): boolean | { readonly depends: string } {
  throw new Error(`not yet: ${item.id} ${facts.at}`);
}

/** The targets of a job with its inputs put in. */
export function resolveTargets(job: Job, inputs: InputValues): string {
  throw new Error(`not yet: ${job.name} ${JSON.stringify(inputs)}`);
}
