import type { Frontend } from '../../base/frontend';
import type { Computer } from '../../fleet/computer';
import type { Engine } from '../engine';
import type { InputValues } from '../file/job';
import type { RecordedStep, RunWriter } from '../ledger';
import type { LoginGuard } from '../loginGuard';
import type { StepPlan } from '../planning/jobPlan';
import type { Program } from '../program/program';
import type { ComputerResult } from '../result';
import type { Stops } from './jobReport';

/** How a computer’s way is ended early. */
export interface ComputerStops extends Stops {
  /** As `windDown`, by the run itself; its reason is a `SidebandError` `run.halted`. */
  readonly halt?: AbortSignal;
}

/** The computer’s place among those that are under way. */
export interface Place {
  /** Lets the next computer begin while this one stays silent. */
  readonly release: () => void;
  /** Waits for a place again after `release`; at once when it still has one. */
  readonly retake: () => Promise<void>;
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
  /** Of one attempt of a step that says nothing else, in milliseconds. */
  readonly timeoutMs: number;
  readonly stops: ComputerStops;
}

export interface ComputerTask {
  readonly computer: Computer;
  /** What an earlier process has recorded of it; empty for a computer that has not begun. */
  readonly records: readonly RecordedStep[];
  /** As planned, by the steps’ index; absent after a resume. */
  readonly planned?: readonly StepPlan[];
  /** Absent: it is under way until its end. */
  readonly place?: Place;
}

/**
 * Takes one computer through its steps from where its records end, and closes it. Never rejects for what the computer does; when the
 * ledger fails nothing more is done to it, and its outcome says so.
 */
export function runComputer(task: ComputerTask, setting: RunSetting): Promise<ComputerResult> {
  throw new Error(`not yet: ${task.computer.name} ${setting.writer.id}`);
}
