import type { ShownOutcome } from '../shared/outcomes';

/** A column of the matrix. */
export interface StepColumn {
  readonly title: string;
  /** The operation's id. */
  readonly uses: string;
  readonly role: 'step' | 'finally';
}

/** What the page may offer at the moment. */
export interface RunOffers {
  readonly cancel: boolean;
  readonly resume: boolean;
  readonly rerun: boolean;
  readonly export: boolean;
}

/** What stands above the matrix. */
export interface RunHead {
  readonly id: string;
  readonly title: string;
  readonly targets: string;
  readonly state: 'running' | 'finished' | 'cancelled' | 'interrupted';
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly endedAt?: number;
  /** The run that this one repeats in part. */
  readonly rerunOf?: string;
  readonly can: RunOffers;
}

/**
 * Cells of the matrix in columns of numbers, which cross to the page without being taken apart. A cell's number is its row times
 * the count of columns, plus its column; column 0 is the computer as a whole, column 1 the first step.
 */
export interface PackedCells {
  /** The numbers of the cells; absent: all of them, in order. */
  readonly at?: Uint32Array;
  /** Places in `outcomesByUrgency`. */
  readonly outcomes: Uint8Array;
  /** In milliseconds. */
  readonly durations: Uint32Array;
  /** Places in the words that were sent until now, of which the first one is empty. */
  readonly words: Uint32Array;
  /** They come after those that were sent before; of all cells: all words. */
  readonly newWords: readonly string[];
}

/** Everything that the page shows. */
export interface RunSnapshot {
  /** Grows by one with every message, so that the page notices when it missed one. */
  readonly version: number;
  readonly head: RunHead;
  /** The rows, in the plan's order. */
  readonly computers: readonly string[];
  readonly steps: readonly StepColumn[];
  readonly cells: PackedCells;
}

/** What is new since the message before. */
export interface RunUpdate {
  readonly version: number;
  readonly head: RunHead;
  readonly cells?: PackedCells;
}

/** What is known of one cell, in words. */
export interface CellDetail {
  readonly outcome: ShownOutcome;
  readonly technology?: string;
  readonly attempts?: number;
  readonly before?: string;
  readonly durationMs: number;
  readonly note?: string;
  readonly error?: { readonly code: string; readonly message: string; readonly advice: string };
  /** The ways that were tried in vain before, one a line. */
  readonly tried: readonly string[];
  readonly value?: string;
}

/** What the page may ask of the extension, which checks every name and number. */
export interface RunExtension {
  /** The page's first call, also after it was hidden or has missed a message. The answer holds everything needed to draw. */
  ready(): Promise<RunSnapshot>;
  detail(computer: string, column: number): CellDetail | undefined;
  cancel(): Promise<void>;
  resume(): Promise<void>;
  rerunFailed(): Promise<void>;
  /** Writes a report into a file, whose format and place the user is asked for. */
  exportRun(): Promise<void>;
  copy(text: string): Promise<void>;
}

/** What the extension may tell the page. */
export interface RunPage {
  update(update: RunUpdate): void;
}
