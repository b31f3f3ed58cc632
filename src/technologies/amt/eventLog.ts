import { toHex } from '../../base/bytes';
import { SidebandError, toSidebandError } from '../../base/errors';
import { messageLog } from '../../protocols/amt/cim/messageLog';
import { decodeEventLogRecord, type EventSeverity } from '../../protocols/amt/eventLog';
import { assertCompleted } from '../../protocols/amt/returnValue';
import { messageLogValues } from '../../protocols/amt/returnValues';
import { sensorTypeName } from '../../protocols/ipmi/events/describe';
import { base64, boolean, decodeOutput, integer, list } from '../../protocols/wsman/cimClass';
import type { AmtClient } from './client';
import { timeText } from './timeText';

const { resourceUri } = messageLog;
const recordsPerCall = 390;
const records = { RecordArray: list(base64), IterationIdentifier: integer, NoMoreRecords: boolean } as const;
/** The log holds 390 records; a device that gives many more leads in circles. */
const mostRecords = 10_000;

/** A record of the event log, in words. */
export interface EventLogEntry {
  /** `2026-11-23 12:00:00` by the device's clock, or nothing. */
  readonly at: string;
  readonly severity: EventSeverity;
  readonly entity: string;
  readonly sensorType: string;
  readonly event: string;
  /** All bytes of the record, in hexadecimal digits. */
  readonly raw: string;
}

/** The event log as it is now, the oldest record first. */
export async function readEventLog(client: AmtClient, signal: AbortSignal): Promise<readonly EventLogEntry[]> {
  const found: Uint8Array[] = [];
  const options = { signal, kind: 'read' } as const;
  const start = await client.wsman.invoke(resourceUri, 'PositionToFirstRecord', {}, options);
  assertCompleted(start, 'PositionToFirstRecord', messageLogValues);
  let { IterationIdentifier: place } = decodeOutput(start, records);
  for (let isLast = false; !isLast;) {
    const input = { IterationIdentifier: place ?? 1, MaxReadRecords: recordsPerCall };
    const output = await client.wsman.invoke(resourceUri, 'GetRecords', input, options);
    if (isEmptyLog(output.text('ReturnValue'))) break;
    assertCompleted(output, 'GetRecords', messageLogValues);
    const read = decodeOutput(output, records);
    for (const record of read.RecordArray) found.push(record);
    place = read.IterationIdentifier;
    isLast = read.NoMoreRecords ?? true;
    if (!isLast && (read.RecordArray.length === 0 || found.length > mostRecords)) {
      throw new SidebandError('protocol.invalid', 'the event log does not end');
    }
  }
  return found.toReversed().map(describe);
}

/** How many records the log has. */
export async function countEvents(client: AmtClient, signal: AbortSignal): Promise<number> {
  return (await client.get(messageLog, signal)).CurrentNumberOfRecords ?? 0;
}

/** Clears the log. What happens between reading and clearing is lost. */
export async function clearEvents(client: AmtClient, signal: AbortSignal): Promise<void> {
  assertCompleted(await client.wsman.invoke(resourceUri, 'ClearLog', {}, { signal }), 'ClearLog');
}

/** NO_RECORD_EXISTS */
function isEmptyLog(returnValue: string | undefined): boolean {
  return returnValue?.trim() === '3';
}

/** One that cannot be read is told by its bytes; the others are good. */
function describe(bytes: Uint8Array): EventLogEntry {
  const raw = toHex(bytes);
  try {
    const { at, severity, entity, sensorType, text } = decodeEventLogRecord(bytes);
    return { at: at ? timeText(at) : '', severity, entity, sensorType: sensorTypeName(sensorType), event: text, raw };
  } catch (thrown) {
    const { message } = toSidebandError(thrown);
    return { at: '', severity: 'unspecified', entity: '', sensorType: '', event: `unreadable: ${message}`, raw };
  }
}
