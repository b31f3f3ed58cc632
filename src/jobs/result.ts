import type { ErrorReport } from '../base/errors';
import type { ErrorCode } from '../base/errorCodes';
import type { TechnologyName } from '../fleet/technologyName';

/**
 * `done`; `already`: was so; `unverified`: accepted, not confirmed; `failed`: certainly not done; `unknown`: may have happened;
 * `skipped`: by policy, or impossible; `cancelled`: before anything was sent.
 */
export const outcomes = ['done', 'already', 'unverified', 'failed', 'unknown', 'skipped', 'cancelled'] as const;
export type Outcome = (typeof outcomes)[number];

export function isSuccess(outcome: Outcome): boolean {
  return outcome === 'done' || outcome === 'already' || outcome === 'unverified';
}

/** The YAML that a value carries, such as an exported filter set: a text to keep, not to be put into a line. */
export function yamlOf(value: unknown): string | undefined {
  const yaml = typeof value === 'object' && value !== null && 'yaml' in value ? value.yaml : undefined;
  return typeof yaml === 'string' ? yaml : undefined;
}

/** A way that was tried in vain before the one that counted. */
export interface Attempt {
  readonly technology: TechnologyName;
  readonly code: ErrorCode;
}

/** What became of one computer, as reports and `--json` show it. */
export interface ComputerResult {
  readonly computer: string;
  readonly ok: boolean;
  readonly outcome: Outcome;
  /** Absent when no way was tried. */
  readonly technology?: TechnologyName;
  readonly durationMs: number;
  readonly value?: unknown;
  /** What the outcome leaves open, in words. */
  readonly note?: string;
  readonly error?: ErrorReport;
  readonly tried?: readonly Attempt[];
}
