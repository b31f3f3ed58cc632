import { ByteReader, toHex } from '../../base/bytes';
import { auditDetail } from './auditDetail';
import { auditApplications, auditEvents } from './auditEvents';

/** Who did it: `local` is a program on the computer, `kvm` one who came through the default KVM port. */
export type AuditInitiator =
  | { readonly kind: 'digest'; readonly user: string }
  | { readonly kind: 'kerberos'; readonly user: string; readonly sid: string }
  | { readonly kind: 'local' | 'kvm' | `unknown ${number}` };

/** A record of AMT_AuditLog. */
export interface AuditRecord {
  readonly at: Date;
  /** In words: what part of the device, and what happened to it. */
  readonly application: string;
  readonly event: string;
  readonly applicationId: number;
  readonly eventId: number;
  readonly initiator: AuditInitiator;
  /** Where it was done from; absent when it was done locally. */
  readonly address?: string;
  /** What some events add, as bytes, and in words where they are known. */
  readonly extended: Uint8Array;
  readonly detail?: string;
}

/** Reads an entry of `EventRecords`. Numbers are big-endian. Throws `protocol.truncated`. */
export function decodeAuditRecord(bytes: Uint8Array): AuditRecord {
  const reader = new ByteReader(bytes);
  const applicationId = reader.u16be();
  const eventId = reader.u16be();
  const initiator = readInitiator(reader);
  const at = new Date(reader.u32be() * 1000);
  reader.skip(1); // kind of address: its text says as much
  const address = readText(reader);
  const extended = reader.bytes(reader.u8());
  const detail = auditDetail(applicationId, eventId, extended);
  return {
    at,
    application: auditApplications[applicationId] ?? `unknown application ${applicationId}`,
    event: auditEvents[applicationId]?.[eventId] ?? `unknown event ${eventId}`,
    applicationId,
    eventId,
    initiator,
    ...(address !== '' && { address }),
    extended,
    ...(detail !== undefined && { detail }),
  };
}

function readInitiator(reader: ByteReader): AuditInitiator {
  const kind = reader.u8();
  if (kind === 0) return { kind: 'digest', user: readText(reader) };
  if (kind === 1) return readKerberos(reader);
  if (kind === 2) return { kind: 'local' };
  return { kind: kind === 3 ? 'kvm' : `unknown ${kind}` };
}

/** The number before the SID is the user's own within its domain. */
function readKerberos(reader: ByteReader): AuditInitiator {
  const user = reader.u32be();
  return { kind: 'kerberos', user: String(user), sid: toHex(reader.bytes(reader.u8())) };
}

/** AMT 4 counts a zero at the end. */
function readText(reader: ByteReader): string {
  return new TextDecoder().decode(reader.bytes(reader.u8())).replace(/\0$/, '');
}
