import type { Definitions } from '../fleet/definitions';
import type { Fleet } from '../fleet/fleet';
import type { Operation, WayRequest } from '../operations/operation';
import type { Ledger } from './ledger';
import type { Policy } from './policy';

/** What planning and running need, built once by `app`. */
export interface Engine {
  readonly sessions: WayRequest['sessions'];
  readonly ledger: Ledger;
  readonly fleet: Fleet;
  readonly policy: Policy | undefined;
  /** Absent: only what is built in. */
  readonly definitions?: Definitions | undefined;
  /** The folder whose fleet this is. */
  readonly folder: string;
}

/** Limits of one sweep; what is absent comes from fleet.yaml. */
export interface SweepLimits {
  readonly concurrency?: number;
  readonly timeoutMs?: number;
}

const defaultTimeoutMs = 120_000;
/** Beside what an operation waits for: logging in, the requests themselves, verifying. */
const besideMs = 30_000;

/** How long an operation may take on one computer when nobody has set a limit for it, in milliseconds. */
export function timeLimitMs(
  operation: Operation,
  parameters: Readonly<Record<string, unknown>>,
  usualMs = defaultTimeoutMs,
): number {
  const lasts = operation.lasts?.(parameters);
  return lasts === undefined ? usualMs : Math.max(usualMs, lasts + besideMs);
}

export function sweepLimits({ fleet }: Engine, { concurrency, timeoutMs }: SweepLimits) {
  return {
    concurrency: concurrency ?? fleet.limits.concurrency,
    perSite: fleet.limits.perSite,
    timeoutMs: timeoutMs ?? defaultTimeoutMs,
  };
}
