import { toHex } from '../../base/bytes';
import { startDeadline } from '../../base/deadline';
import { SidebandError, toSidebandError } from '../../base/errors';
import { type AuditInitiator, decodeAuditRecord } from '../../protocols/amt/auditLog';
import { auditLog } from '../../protocols/amt/cim/auditLog';
import { assertCompleted } from '../../protocols/amt/returnValue';
import { base64, decodeOutput, integer, list } from '../../protocols/wsman/cimClass';
import type { AmtClient } from './client';
import { timeText } from './timeText';

const { resourceUri } = auditLog;
/** More than a device has room for. */
const mostRecords = 20_000;
/** The longest that there is: a long log is read in many steps. */
const lockSeconds = 300;
const unlockTimeoutMs = 5000;
const Flag = { lock: 0, unlock: 2 } as const;

/** A record of the audit log, in words. */
export interface AuditEntry {
  /** `2026-11-23 12:00:00` by the device's clock. */
  readonly at: string;
  readonly initiator: string;
  readonly application: string;
  readonly event: string;
  /** Where it was done from; empty when it was done locally. */
  readonly address: string;
  readonly details: string;
  /** All bytes of the record, in hexadecimal digits. */
  readonly raw: string;
}

/** The audit log as it is now, the oldest record first. Needs the realm of auditors. */
export async function readAuditLog(client: AmtClient, signal: AbortSignal): Promise<readonly AuditEntry[]> {
  return (await readRecords(client, signal)).map(describe);
}

/** How many records there are besides the one that tells of the last clearing. */
export async function countAudits(client: AmtClient, signal: AbortSignal): Promise<number> {
  const count = await countRecords(client, signal);
  if (count !== 1) return count;
  return (await readRecords(client, signal)).filter((record) => !isClearing(record)).length;
}

async function readRecords(client: AmtClient, signal: AbortSignal): Promise<readonly Uint8Array[]> {
  const records: Uint8Array[] = [];
  for (let total = await countRecords(client, signal); records.length < total;) {
    const input = { StartIndex: records.length + 1 };
    const output = await client.wsman.invoke(resourceUri, 'ReadRecords', input, { signal, kind: 'read' });
    assertCompleted(output, 'ReadRecords');
    const read = decodeOutput(output, { EventRecords: list(base64), TotalRecordCount: integer });
    for (const record of read.EventRecords) records.push(record);
    total = read.TotalRecordCount ?? 0;
    if (read.EventRecords.length === 0) break;
    if (records.length > mostRecords) throw new SidebandError('protocol.invalid', 'the audit log does not end');
  }
  return records;
}

/** `audit log cleared` of the application `security audit log`: a log is never quite empty afterwards. */
function isClearing(record: Uint8Array): boolean {
  return toHex(record.subarray(0, 4)) === '00140000';
}

/**
 * Clears the log, locked meanwhile so that nothing is lost between reading and clearing. `read` is done under the lock. Rejects with
 * `device.refused` when another auditor has it.
 */
export async function clearAudits<Result>(
  client: AmtClient,
  read: () => Promise<Result>,
  signal: AbortSignal,
): Promise<Result> {
  const locked = await setLock(client, { LockTimeoutInSeconds: lockSeconds, Flag: Flag.lock }, signal);
  const { Handle } = decodeOutput(locked, { Handle: integer });
  try {
    const result = await read();
    assertCompleted(await client.wsman.invoke(resourceUri, 'ClearLog', {}, { signal }), 'ClearLog');
    return result;
  } finally {
    await unlock(client, Handle);
  }
}

async function countRecords(client: AmtClient, signal: AbortSignal): Promise<number> {
  return (await client.get(auditLog, signal)).CurrentNumberOfRecords ?? 0;
}

async function setLock(
  client: AmtClient,
  parameters: Readonly<Record<string, number | undefined>>,
  signal: AbortSignal,
): ReturnType<AmtClient['wsman']['invoke']> {
  return assertCompleted(
    await client.wsman.invoke(resourceUri, 'SetAuditLock', parameters, { signal }),
    'SetAuditLock',
  );
}

/** Also when everything else was given up. The lock ends by itself, too. */
async function unlock(client: AmtClient, Handle: number | undefined): Promise<void> {
  using deadline = startDeadline(new AbortController().signal, unlockTimeoutMs);
  try {
    await setLock(client, { Flag: Flag.unlock, Handle }, deadline.signal);
  } catch {
    // What was done under the lock is what counts.
  }
}

/** One that cannot be read is told by its bytes; the others are good. */
function describe(bytes: Uint8Array): AuditEntry {
  const raw = toHex(bytes);
  try {
    const { at, initiator, application, event, address = '', detail, extended } = decodeAuditRecord(bytes);
    const details = detail ?? (extended.length > 0 ? toHex(extended) : '');
    return { at: timeText(at), initiator: describeInitiator(initiator), application, event, address, details, raw };
  } catch (thrown) {
    const { message } = toSidebandError(thrown);
    return { at: '', initiator: '', application: '', event: `unreadable: ${message}`, address: '', details: '', raw };
  }
}

function describeInitiator(initiator: AuditInitiator): string {
  if (initiator.kind === 'digest') return initiator.user;
  return initiator.kind === 'kerberos' ? `Kerberos user ${initiator.user} of ${initiator.sid}` : initiator.kind;
}
