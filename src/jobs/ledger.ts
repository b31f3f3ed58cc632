import type { Danger } from '../base/frontend';
import type { TechnologyName } from '../fleet/technologyName';
import type { JobSource } from './program/program';
import type { ComputerResult, Outcome } from './result';
import type { ScheduleStore } from './schedule/scheduleStore';

/** A column of a job's results. */
export interface StepHeader {
  readonly id: string;
  readonly title: string;
  /** The operation's id. */
  readonly uses: string;
  readonly role: 'step' | 'finally';
}

/** What a run is, written down before its first act. */
export interface RunHeader {
  /** The operation's id, or the job's file as in its source. */
  readonly subject: string;
  readonly title: string;
  readonly danger: Danger;
  /** An operation's parameters, or a job's inputs. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** As the user wrote them. */
  readonly targets: string;
  /** The folder whose fleet it ran on. */
  readonly folder: string;
  readonly planHash: string;
  readonly computers: readonly string[];
  /** The run that this one repeats in part. */
  readonly rerunOf?: string;
  readonly job?: RecordedJob;
}

export interface RecordedJob {
  readonly source: JobSource;
  readonly steps: readonly StepHeader[];
  /** Where its computers were, in their order. */
  readonly hosts?: readonly string[];
  /** The limits that were given beside the file. */
  readonly concurrency?: number;
  /** The only technology that was to be used. */
  readonly technology?: string;
  /** The due time that it was begun for, in ISO 8601. */
  readonly dueAt?: string;
}

/** `unknown` holds also what had begun when its process died; `not-begun` what had not. */
export type RecordedOutcome = Outcome | 'running' | 'not-begun';

export interface RecordedResult extends Omit<ComputerResult, 'outcome'> {
  readonly outcome: RecordedOutcome;
}

/** What became of one step on one computer. `running`: an intent without an outcome. */
export interface RecordedStep extends Omit<ComputerResult, 'outcome'> {
  readonly step: number;
  readonly outcome: Outcome | 'running';
  /** The state before the first attempt that was about to change it, as the operation's way tells it: `off`. */
  readonly before?: string;
  /** How often it was tried; more than 1 after retries. */
  readonly attempts: number;
}

export interface RunSummary {
  readonly id: string;
  readonly subject: string;
  readonly title: string;
  readonly folder: string;
  readonly targets: string;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly endedAt?: string;
  /** `interrupted`: its process ended without finishing it. */
  readonly state: 'running' | 'finished' | 'cancelled' | 'interrupted';
  readonly kind: 'operation' | 'job';
  readonly counts: Readonly<Partial<Record<RecordedOutcome, number>>>;
  readonly rerunOf?: string;
}

export interface RunRecord extends RunSummary {
  readonly danger: Danger;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly planHash: string;
  readonly results: readonly RecordedResult[];
  readonly job?: RecordedJob;
}

/** What is about to be tried. */
export interface Intent {
  readonly computer: string;
  readonly technology: TechnologyName;
  /** Absent for a run of one operation. */
  readonly step?: number;
  readonly before?: string;
}

export interface StepClose {
  readonly step: number;
  readonly attempts: number;
  readonly result: ComputerResult;
}

/** Writes one run. Every promise resolves when what it wrote is on disk, and rejects with `ledger.unavailable`. */
export interface RunWriter {
  readonly id: string;
  /** Before the act. What it says of the state before is kept from the first time. */
  intend(intent: Intent): Promise<void>;
  /** After a step of a job. */
  closeStep(close: StepClose): Promise<void>;
  /** After all that is done to a computer. */
  close(result: ComputerResult): Promise<void>;
  end(state: 'finished' | 'cancelled'): Promise<void>;
}

/** What has changed in a run since somebody looked. */
export interface RunChanges {
  readonly state: RunSummary['state'];
  readonly results: readonly RecordedResult[];
  readonly steps: readonly RecordedStep[];
  /** To be given the next time; it grows with every change. */
  readonly seq: number;
}

/** A plan that somebody has seen, for what it was when it is asked about again. */
export interface StoredPlan {
  readonly hash: string;
  readonly title: string;
  /** A line of facts for each computer and step: `lab-01 wake` → `off → on by IPMI`. */
  readonly facts: Readonly<Record<string, string>>;
}

/** All runs of this user, shared by the editor, the command line and other processes. */
export interface Ledger {
  begin(header: RunHeader): Promise<RunWriter>;
  /** Takes over a run whose process has died. Rejects with `run.busy` while it lives and `run.ended` when nothing is left of it. */
  resume(id: string): Promise<RunWriter>;
  /** Newest first; of one subject when that is given. */
  runs(options: {
    readonly folder?: string;
    readonly subject?: string;
    readonly limit: number;
  }): Promise<readonly RunSummary[]>;
  /** By id or unambiguous beginning of one. */
  run(id: string): Promise<RunRecord | undefined>;
  /** The newest of a folder. */
  lastRun(folder: string): Promise<RunRecord | undefined>;
  /** What changed after `seq`, which is 0 for everything. Nothing when there is no such run. */
  changes(id: string, seq: number): Promise<RunChanges | undefined>;
  keepPlan(plan: StoredPlan): Promise<void>;
  plan(hash: string): Promise<StoredPlan | undefined>;
  readonly schedules: ScheduleStore;
  dispose(): void;
}
