import type { Frontend } from '../base/frontend';
import type { Log } from '../base/log';

/**
 * Where nobody is asked. Only for what somebody has agreed to before, as with the schedule in a job’s file, which was reviewed with the
 * folder; what the policy forbids is refused all the same.
 */
export function unattendedFrontend(log: Log): Frontend {
  return { log, confirm: () => Promise.resolve(true), progress: () => undefined };
}
