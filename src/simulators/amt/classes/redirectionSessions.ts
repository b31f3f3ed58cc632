import { type AmtDevice } from '../device';
import { perDevice } from '../model/amtClass';

export type RedirectionKind = 'SOL' | 'IDER' | 'KVM';

/** The redirection sessions that are open: one of each kind at most. */
export const redirectionSessions = perDevice(() => new Set<RedirectionKind>());

export function isRedirectionOpen(device: AmtDevice): boolean {
  return redirectionSessions(device).size > 0;
}
