import { ByteReader } from '../../base/bytes';
import { eventEntities } from './eventEntities';
import { describeEvent } from './eventText';

/** A record of AMT_MessageLog. Its first fields are those of a platform event trap. */
export interface EventLogRecord {
  /** By the device's clock, which is UTC when a console has set it; undefined when it was not set. */
  readonly at: Date | undefined;
  readonly severity: EventSeverity;
  /** What happened, in words; what is not known is said so, with its numbers. */
  readonly text: string;
  /** What it happened to, in words. */
  readonly entity: string;
  readonly entityInstance: number;
  readonly deviceAddress: number;
  readonly sensorType: number;
  readonly eventType: number;
  readonly eventOffset: number;
  readonly eventSourceType: number;
  readonly sensorNumber: number;
  readonly data: Uint8Array;
}

const severities = {
  0: 'unspecified',
  1: 'monitor',
  2: 'information',
  4: 'ok',
  8: 'non-critical',
  16: 'critical',
  32: 'non-recoverable',
} as const;

export type EventSeverity = (typeof severities)[keyof typeof severities] | `unknown ${number}`;

const unset = new Set([0, 0xffffffff]);

/** Reads 21 bytes, an entry of `RecordArray`. Throws `protocol.truncated`. */
export function decodeEventLogRecord(bytes: Uint8Array): EventLogRecord {
  const reader = new ByteReader(bytes);
  const seconds = reader.u32le();
  const fields = {
    deviceAddress: reader.u8(),
    sensorType: reader.u8(),
    eventType: reader.u8(),
    eventOffset: reader.u8(),
    eventSourceType: reader.u8(),
  };
  const severity = reader.u8();
  const sensorNumber = reader.u8();
  const entity = reader.u8();
  const entityInstance = reader.u8();
  const data = reader.bytes(8);
  return {
    at: unset.has(seconds) ? undefined : new Date(seconds * 1000),
    severity: (severities as Readonly<Record<number, EventSeverity>>)[severity] ?? `unknown ${severity}`,
    text: describeEvent({ ...fields, data }),
    entity: eventEntities[entity] ?? `unknown entity ${entity}`,
    entityInstance,
    ...fields,
    sensorNumber,
    data,
  };
}
