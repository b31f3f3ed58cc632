import { SidebandError, toSidebandError } from '../../base/errors';
import { pollUntil } from '../../base/pollUntil';
import { clearSel } from '../../protocols/ipmi/commands/clearSel';
import { getSelEntry, type SelEntryAnswer } from '../../protocols/ipmi/commands/getSelEntry';
import { getSelInfo, type SelInfo } from '../../protocols/ipmi/commands/getSelInfo';
import { reserveSel } from '../../protocols/ipmi/commands/reserveSel';
import { decodeSelRecord, type SelRecord } from '../../protocols/ipmi/events/selRecord';
import { change } from './change';
import type { IpmiClient } from './client';
import { ifRefused } from './refused';
import { readSdrRepository } from './sdr';
import { describeSelRecord, type LogEntry } from './selEntry';

export type { LogEntry };

const firstRecord = 0x0000;
const afterLast = 0xffff;
const reservationLost = 0xc5;
const notPresent = 0xcb;
const noReservation = 0;
/** So often a reservation may be lost before the log is left alone: somebody is writing to it all the time. */
const mostReservations = 10;
/** A full log on slow flash takes some seconds. */
const clearing = { everyMs: 250, timeoutMs: 20_000 };

/** The System Event Log as it is now, the oldest entry first. IPMI v2.0 section 31. */
export async function readSel(client: IpmiClient, signal: AbortSignal): Promise<readonly LogEntry[]> {
  const records = await readRecords(client, noReservation, signal);
  const sensors = records.length > 0 ? await ifRefused(readSdrRepository(client, signal), []) : [];
  return records.map((record) => describeSelRecord(record, sensors));
}

/** How many entries the log has, and when it was changed. */
export function selInfo(client: IpmiClient, signal: AbortSignal): Promise<SelInfo> {
  return client.run(getSelInfo, undefined, signal);
}

export interface ClearedLog {
  readonly cleared: number;
  /** What the log held, when it was to be kept. */
  readonly entries?: readonly LogEntry[];
}

/**
 * Clears the log. What another writer adds after it was read is not lost: the reservation is lost instead, and everything begins anew.
 * Rejects with `device.busy` when that happens all the time, and with the effect `unknown` when nobody knows whether it was cleared.
 */
export async function clearLog(
  client: IpmiClient,
  { keep }: { readonly keep: boolean },
  signal: AbortSignal,
): Promise<ClearedLog> {
  for (let attempt = 0; attempt < mostReservations; attempt++) {
    const reservation = await client.run(reserveSel, undefined, signal);
    const before = await selInfo(client, signal);
    const entries = keep ? await keepEntries(client, reservation, signal) : undefined;
    if (await clearReserved(client, { reservation, before }, signal)) {
      return { cleared: entries?.length ?? before.entries, ...(entries && { entries }) };
    }
  }
  throw new SidebandError('device.busy', 'the log is being written to all the time; nothing was cleared');
}

async function keepEntries(client: IpmiClient, reservation: number, signal: AbortSignal): Promise<readonly LogEntry[]> {
  const sensors = await ifRefused(readSdrRepository(client, signal), []);
  const records = await readRecords(client, reservation, signal);
  return records.map((record) => describeSelRecord(record, sensors));
}

/** False when the reservation was lost before anything was cleared. */
async function clearReserved(
  client: IpmiClient,
  { reservation, before }: { readonly reservation: number; readonly before: SelInfo },
  signal: AbortSignal,
): Promise<boolean> {
  try {
    const begun = await change(client, clearSel, { reservation, action: 'begin' }, signal);
    if (begun.finished) return true;
    const ask = (): Promise<{ readonly finished: boolean }> =>
      client.run(clearSel, { reservation, action: 'ask' }, signal);
    const { accepted } = await pollUntil(ask, ({ finished }) => finished, { ...clearing, signal });
    if (accepted) return true;
    throw new SidebandError('device.busy', 'the log is still being cleared', { effect: 'unknown' });
  } catch (thrown) {
    const error = toSidebandError(thrown);
    if (error.details.completionCode !== reservationLost) throw error;
    // Also the answer to a request that was repeated because its first answer was lost.
    const after = await selInfo(client, signal);
    return after.erasedAt !== before.erasedAt || after.entries < before.entries;
  }
}

/** Bounded by the ids that there are: a log may grow while it is read, and some controllers lead in circles. */
async function readRecords(
  client: IpmiClient,
  reservation: number,
  signal: AbortSignal,
): Promise<readonly SelRecord[]> {
  const records: SelRecord[] = [];
  const seen = new Set<number>();
  for (let id = firstRecord; id !== afterLast && !seen.has(id);) {
    seen.add(id);
    const answer = await readRecord(client, { reservation, record: id }, signal);
    if (!answer) break;
    records.push(...decodeLeniently(answer.bytes));
    id = answer.next;
  }
  return records;
}

/** Nothing when the log is empty or was cleared in the meantime. */
async function readRecord(
  client: IpmiClient,
  which: { readonly reservation: number; readonly record: number },
  signal: AbortSignal,
): Promise<SelEntryAnswer | undefined> {
  try {
    return await client.run(getSelEntry, which, signal);
  } catch (thrown) {
    const error = toSidebandError(thrown);
    if (error.details.completionCode === notPresent) return undefined;
    throw error;
  }
}

/** A record that cannot be read is left out; the others are good. */
function decodeLeniently(bytes: Uint8Array): readonly SelRecord[] {
  try {
    return [decodeSelRecord(bytes)];
  } catch (thrown) {
    if (toSidebandError(thrown).code.startsWith('protocol.')) return [];
    throw thrown;
  }
}
