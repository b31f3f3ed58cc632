import { PtStatus } from '../../model/ptStatus';
import type { Sent } from '../../model/sent';
import type { Reference } from '../../model/values';

/** AuthenticationProtocol. */
const eapTls = 0;
const highestProtocol = 10;

export interface Ieee8021x {
  readonly protocol: number;
  readonly user: string;
  /** The handles of the client's certificate and of the authority's. */
  readonly certificates: readonly number[];
}

/** What a profile of IEEE 802.1X needs, or the ReturnValue that refuses it: EAP-TLS a certificate, the others a password. */
export function read8021x(input: Sent, find: (reference: Reference) => number | undefined): Ieee8021x | number {
  const settings = input.inner('IEEE8021xSettingsInput');
  const protocol = settings?.integer('AuthenticationProtocol');
  if (!settings || protocol === undefined || protocol < 0 || protocol > highestProtocol) {
    return PtStatus.invalidParameter;
  }
  const names = ['ClientCredential', 'CACredential'] as const;
  const given = names.map((name) => input.reference(name));
  const handles = given.map((reference) => reference && find(reference));
  if (given.some((reference, at) => reference && handles[at] === undefined)) return PtStatus.notFound;
  const user = settings.text('Username') ?? '';
  const isComplete =
    protocol === eapTls ? handles[0] !== undefined : user !== '' && (settings.text('Password') ?? '') !== '';
  if (!isComplete) return PtStatus.invalidCredentials;
  return { protocol, user, certificates: handles.filter((handle) => handle !== undefined) };
}
