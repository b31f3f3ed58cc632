import { ByteReader } from '../../../base/bytes';

/** A system event, IPMI v2.0 section 32.1. */
export interface SystemEvent {
  readonly kind: 'event';
  readonly id: number;
  readonly at: number;
  readonly event: EventMessage;
}

/** What an event says, in a log or in an alert. IPMI v2.0 section 29.7. */
export interface EventMessage {
  /** The sender: bit 0 clear, the address of a controller; set, a software id in the other bits. */
  readonly generator: number;
  readonly lun: number;
  readonly sensorType: number;
  readonly sensorNumber: number;
  readonly eventType: number;
  readonly asserted: boolean;
  readonly data: readonly [number, number, number];
}

/** A maker's record with a time, IPMI v2.0 section 32.2. */
export interface TimedOemRecord {
  readonly kind: 'timedOem';
  readonly id: number;
  readonly type: number;
  readonly at: number;
  readonly manufacturerId: number;
  readonly data: Uint8Array;
}

/** A maker's record, or one of a type that the standard does not have. IPMI v2.0 section 32.3. */
export interface OemRecord {
  readonly kind: 'oem';
  readonly id: number;
  readonly type: number;
  readonly data: Uint8Array;
}

export type SelRecord = SystemEvent | TimedOemRecord | OemRecord;

const systemEvent = 0x02;
const isTimedOem = (type: number): boolean => type >= 0xc0 && type <= 0xdf;

/** One record of a System Event Log. Throws `protocol.truncated`. */
export function decodeSelRecord(bytes: Uint8Array): SelRecord {
  const reader = new ByteReader(bytes);
  const [id, type] = [reader.u16le(), reader.u8()];
  if (type === systemEvent) return { kind: 'event', id, at: reader.u32le(), event: decodeEvent(reader) };
  if (isTimedOem(type)) {
    return { kind: 'timedOem', id, type, at: reader.u32le(), manufacturerId: reader.u24le(), data: reader.bytes(6) };
  }
  return { kind: 'oem', id, type, data: reader.bytes(13) };
}

function decodeEvent(reader: ByteReader): EventMessage {
  const [generator, channel] = [reader.u8(), reader.u8()];
  reader.skip(1); // event message format
  const [sensorType, sensorNumber, direction] = [reader.u8(), reader.u8(), reader.u8()];
  return {
    generator,
    lun: channel & 0x03,
    sensorType,
    sensorNumber,
    eventType: direction & 0x7f,
    asserted: (direction & 0x80) === 0,
    data: [reader.u8(), reader.u8(), reader.u8()],
  };
}
