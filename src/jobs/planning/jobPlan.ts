import type { Computer } from '../../fleet/computer';
import type { Way } from '../../operations/operation';
import type { Refusal } from '../policy';
import type { CompiledJob, ProgramStep } from '../program/program';

/** What one step would do to one computer. */
export interface StepPlan {
  readonly step: ProgramStep;
  /** Checked and complete; absent where only the run can tell them all, and where they are wrong. */
  readonly parameters?: Readonly<Record<string, unknown>>;
  /** In the order in which they would be tried; empty: impossible, or left out. */
  readonly ways: readonly Way[];
  /** Why this way, in words. */
  readonly why: string;
  readonly impossible?: string;
  /** Why it would be left out: its condition is certainly false. */
  readonly leftOut?: string;
  /** What only the run can tell, in words: `if steps.wake.outcome == 'done'`, `image: from steps.fetch`. */
  readonly depends: readonly string[];
  /** The state as last seen, as read for this plan, or as an earlier step is to leave it. */
  readonly now?: string;
  /** The earlier step that leaves it so; absent: it was seen or read. */
  readonly nowAfter?: string;
  readonly then?: string;
  /** Why the state could not be read. */
  readonly unread?: string;
}

export interface ComputerPlan {
  readonly computer: Computer;
  /** By the steps' index. */
  readonly steps: readonly StepPlan[];
}

/** What a job would do, worked out before anything is done. */
export interface JobPlan extends CompiledJob {
  /** As the file has them, with the inputs put in. */
  readonly targets: string;
  /** Only ways of this technology. */
  readonly technology?: string;
  readonly computers: readonly ComputerPlan[];
  /** How many computers each wave has; one number without waves. */
  readonly waves: readonly number[];
  /** What the policy and the job's own windows say against it; a plan with refusals is never run. */
  readonly refusals: readonly Refusal[];
  /** Changes when anything in the plan does. */
  readonly hash: string;
}
