import type { Frontend } from '../../base/frontend';
import type { Slot } from '../../base/pool';
import type { Computer } from '../../fleet/computer';
import type { Engine } from '../engine';
import type { InputValues } from '../file/job';
import type { RecordedStep, RunWriter } from '../ledger';
import type { LoginGuard } from '../loginGuard';
import type { StepPlan } from '../planning/jobPlan';
import type { Program } from '../program/program';
import type { Stops } from './jobReport';

/** How a computer’s way is ended early. */
export interface ComputerStops extends Stops {
  /** As `windDown`, by the run itself; its reason is a `SidebandError` `run.halted`. */
  readonly halt?: AbortSignal;
}

/** What all computers of a run share. */
export interface RunSetting {
  readonly program: Program;
  /** Of the job that is run, bound. */
  readonly inputs: InputValues;
  readonly engine: Pick<Engine, 'sessions' | 'definitions'>;
  readonly frontend: Pick<Frontend, 'log' | 'asks'>;
  readonly writer: RunWriter;
  readonly guard: LoginGuard;
  /** Only ways of this technology. */
  readonly technology?: string | undefined;
  /** Of one attempt of a step that says nothing else, in milliseconds. */
  readonly timeoutMs: number;
  readonly stops: ComputerStops;
}

export interface ComputerTask {
  readonly computer: Computer;
  /** What an earlier process has recorded of it; empty for a computer that has not begun. */
  readonly records: readonly RecordedStep[];
  /** As planned, by the steps’ index. Absent: worked out as the steps’ turns come. */
  readonly planned?: readonly StepPlan[];
  /** Among those that are under way. Absent: nobody waits for it. */
  readonly place?: Slot;
}
