import type { SidebandError } from './errors';

/** What the process ends with; scripts rely on it. */
export const exitCodes = { done: 0, failed: 1, usage: 2, cancelled: 3, refused: 4, nothing: 5 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** The exit code for an error that ended a command before anything was done. */
export function exitCodeOf({ code }: SidebandError): ExitCode {
  switch (code) {
    case 'usage.invalid':
    case 'file.invalid':
    case 'file.missing':
    case 'targets.invalid':
    case 'ledger.unavailable':
    case 'run.ended':
      return exitCodes.usage;
    case 'targets.none':
      return exitCodes.nothing;
    case 'policy.refused':
    case 'plan.changed':
    case 'confirm.missing':
    case 'run.busy':
      return exitCodes.refused;
    case 'run.cancelled':
      return exitCodes.cancelled;
    default:
      return exitCodes.failed;
  }
}
