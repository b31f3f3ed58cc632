import type { Danger } from '../base/frontend';
import type { TechnologyName } from '../fleet/technologyName';
import type { ComputerResult, Outcome } from './result';

/** What a run is, written down before its first act. */
export interface RunHeader {
  /** The operation's id, or the job's name. */
  readonly subject: string;
  readonly title: string;
  readonly danger: Danger;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** As the user wrote them. */
  readonly targets: string;
  /** The folder whose fleet it ran on. */
  readonly folder: string;
  readonly planHash: string;
  readonly computers: readonly string[];
  /** The run that this one repeats in part. */
  readonly rerunOf?: string;
}

/** `unknown` holds also what had begun when its process died; `not-begun` what had not. */
export type RecordedOutcome = Outcome | 'running' | 'not-begun';

export interface RecordedResult extends Omit<ComputerResult, 'outcome'> {
  readonly outcome: RecordedOutcome;
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
  readonly counts: Readonly<Partial<Record<RecordedOutcome, number>>>;
  readonly rerunOf?: string;
}

export interface RunRecord extends RunSummary {
  readonly danger: Danger;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly planHash: string;
  readonly results: readonly RecordedResult[];
}

/** Writes one run. Every promise resolves when what it wrote is on disk, and rejects with `ledger.unavailable`. */
export interface RunWriter {
  readonly id: string;
  /** Before the act: that it is about to be tried. */
  intend(computer: string, technology: TechnologyName): Promise<void>;
  /** After the act. */
  close(result: ComputerResult): Promise<void>;
  end(state: 'finished' | 'cancelled'): Promise<void>;
}

/** All runs of this user, shared by the editor, the command line and other processes. */
export interface Ledger {
  begin(header: RunHeader): Promise<RunWriter>;
  /** Newest first. */
  runs(options: { readonly folder?: string; readonly limit: number }): Promise<readonly RunSummary[]>;
  /** By id or unambiguous beginning of one. */
  run(id: string): Promise<RunRecord | undefined>;
  /** The newest of a folder. */
  lastRun(folder: string): Promise<RunRecord | undefined>;
  dispose(): void;
}
