import { ByteReader } from '../../../base/bytes';
import { decodeTypeLength } from '../typeLength';
import { decodeFactors, type Factors } from './conversion';

/** A sensor of a full or a compact record, IPMI v2.0 sections 43.1 and 43.2. */
export interface SensorRecord {
  readonly kind: 'sensor';
  readonly id: number;
  readonly ownerAddress: number;
  readonly lun: number;
  readonly number: number;
  readonly entityId: number;
  readonly entityInstance: number;
  readonly sensorType: number;
  readonly eventType: number;
  readonly name: string;
  readonly unit: Unit;
  /** Absent in compact records: the reading is no measure. */
  readonly factors?: Factors;
  /** Which thresholds can be read: bits 0..5 for lower non-critical, critical, non-recoverable, upper … Zero: none. */
  readonly readableThresholds: number;
}

/** Units of a reading, IPMI v2.0 section 43.1, bytes 21 to 23. */
export interface Unit {
  readonly base: number;
  readonly modifier: number;
  /** 1: divided by the modifier, 2: multiplied. */
  readonly modifierUse: number;
  readonly rate: number;
  readonly percent: boolean;
}

/** Any other record, by its type. */
export interface OtherRecord {
  readonly kind: 'other';
  readonly id: number;
  readonly type: number;
  readonly bytes: Uint8Array;
}

export type SdrRecord = SensorRecord | OtherRecord;

export const sdrHeaderLength = 5;
const full = 0x01;
const compact = 0x02;
const thresholdEvents = 0x01;
const noThresholds = 0;

/** One sensor data record; a compact record may stand for several sensors. Throws `protocol.truncated`. */
export function decodeSdr(bytes: Uint8Array): readonly SdrRecord[] {
  const reader = new ByteReader(bytes);
  const id = reader.u16le();
  reader.skip(1); // SDR version
  const type = reader.u8();
  reader.skip(1); // remaining length
  if (type === full) return [decodeFull(id, bytes)];
  if (type === compact) return decodeCompact(id, bytes);
  return [{ kind: 'other', id, type, bytes }];
}

function decodeFull(id: number, bytes: Uint8Array): SensorRecord {
  const reader = new ByteReader(bytes, sdrHeaderLength);
  const common = decodeCommon(id, reader);
  const linearization = reader.u8();
  const factors = decodeFactors(reader, { format: common.format, linearization });
  reader.skip(17); // flags, nominal and normal values, limits, thresholds, hysteresis, reserved, OEM
  const { format, ...sensor } = common;
  const isAnalog = sensor.eventType === thresholdEvents && format !== 3;
  return { ...sensor, name: decodeName(reader), ...(isAnalog && { factors }) };
}

function decodeCompact(id: number, bytes: Uint8Array): readonly SensorRecord[] {
  const reader = new ByteReader(bytes, sdrHeaderLength);
  const { format: _, ...sensor } = decodeCommon(id, reader);
  const sharing = reader.u8();
  const offsets = reader.u8();
  reader.skip(6); // hysteresis, reserved, OEM
  const name = decodeName(reader);
  const count = Math.max(1, sharing & 0x0f);
  const isLetters = ((sharing >> 4) & 0x03) === 1;
  const isEntityShared = (offsets & 0x80) !== 0;
  return Array.from({ length: count }, (__, index) => ({
    ...sensor,
    number: sensor.number + index,
    entityInstance: sensor.entityInstance + (isEntityShared ? index : 0),
    name: count === 1 ? name : name + nameModifier((offsets & 0x7f) + index, isLetters),
    readableThresholds: noThresholds,
  }));
}

type Common = Omit<SensorRecord, 'name' | 'factors'> & { readonly format: number };

function decodeCommon(id: number, reader: ByteReader): Common {
  const [ownerAddress, ownerLun, number] = [reader.u8(), reader.u8(), reader.u8()];
  const [entityId, entityInstance] = [reader.u8(), reader.u8()];
  reader.skip(1); // initialisation
  const capabilities = reader.u8();
  const [sensorType, eventType] = [reader.u8(), reader.u8()];
  reader.skip(4); // event masks
  const readable = reader.u8();
  reader.skip(1); // settable thresholds
  const [flags, base, modifier] = [reader.u8(), reader.u8(), reader.u8()];
  const hasThresholds = eventType === thresholdEvents && ((capabilities >> 2) & 0x03) !== 0;
  return {
    kind: 'sensor',
    id,
    ownerAddress,
    lun: ownerLun & 0x03,
    number,
    entityId,
    entityInstance,
    sensorType,
    eventType,
    format: flags >> 6,
    unit: { base, modifier, modifierUse: (flags >> 1) & 0x03, rate: (flags >> 3) & 0x07, percent: (flags & 1) !== 0 },
    readableThresholds: hasThresholds ? readable & 0x3f : noThresholds,
  };
}

/** Controllers cut names short without telling, so what is there counts. */
function decodeName(reader: ByteReader): string {
  const typeLength = reader.u8();
  return decodeTypeLength(typeLength, reader.bytes(Math.min(typeLength & 0x1f, reader.remaining)), 'sdr');
}

/** `3`, or `A` to `Z` and then `AA`. */
function nameModifier(index: number, isLetters: boolean): string {
  if (!isLetters) return String(index);
  const letter = (value: number): string => String.fromCharCode(0x41 + (value % 26));
  return index < 26 ? letter(index) : letter(Math.floor(index / 26) - 1) + letter(index);
}
