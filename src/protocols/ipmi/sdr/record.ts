import { ByteReader } from '../../../base/bytes';
import { decodeTypeLength } from '../typeLength';
import { decodeFactors, type Factors } from './conversion';

/** What every record of a sensor says. */
interface SensorHead {
  readonly id: number;
  readonly ownerAddress: number;
  readonly lun: number;
  readonly number: number;
  readonly entityId: number;
  readonly entityInstance: number;
  readonly sensorType: number;
  readonly eventType: number;
  readonly name: string;
}

/** A sensor of a full or a compact record, IPMI v2.0 sections 43.1 and 43.2. */
export interface SensorRecord extends SensorHead {
  readonly kind: 'sensor';
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

/** A sensor that only sends events, IPMI v2.0 section 43.3. */
export interface EventOnlyRecord extends SensorHead {
  readonly kind: 'eventOnly';
}

/** Where FRU data lies, IPMI v2.0 section 43.8. */
export interface FruLocator {
  readonly kind: 'fruLocator';
  readonly id: number;
  /** The controller to ask. */
  readonly accessAddress: number;
  /** Behind that controller's own commands; otherwise `fruId` is the address of a memory chip. */
  readonly isLogical: boolean;
  readonly fruId: number;
  readonly lun: number;
  readonly entityId: number;
  readonly entityInstance: number;
  readonly name: string;
}

/** A management controller, IPMI v2.0 section 43.9. */
export interface ControllerLocator {
  readonly kind: 'controllerLocator';
  readonly id: number;
  readonly address: number;
  readonly channel: number;
  readonly entityId: number;
  readonly entityInstance: number;
  readonly name: string;
}

/** Any other record, by its type. */
export interface OtherRecord {
  readonly kind: 'other';
  readonly id: number;
  readonly type: number;
  readonly bytes: Uint8Array;
}

export type SdrRecord = SensorRecord | EventOnlyRecord | FruLocator | ControllerLocator | OtherRecord;

export const sdrHeaderLength = 5;
const full = 0x01;
const compact = 0x02;
const eventOnly = 0x03;
const fruLocator = 0x11;
const controllerLocator = 0x12;
const thresholdEvents = 0x01;
const noThresholds = 0;

/** One sensor data record; a compact or event-only record may stand for several sensors. Throws `protocol.truncated`. */
export function decodeSdr(bytes: Uint8Array): readonly SdrRecord[] {
  const reader = new ByteReader(bytes);
  const id = reader.u16le();
  reader.skip(1); // SDR version
  const type = reader.u8();
  reader.skip(1); // remaining length
  switch (type) {
    case full:
      return [decodeFull(id, reader)];
    case compact:
      return decodeCompact(id, reader);
    case eventOnly:
      return decodeEventOnly(id, reader);
    case fruLocator:
      return [decodeFruLocator(id, reader)];
    case controllerLocator:
      return [decodeControllerLocator(id, reader)];
    default:
      return [{ kind: 'other', id, type, bytes }];
  }
}

function decodeFull(id: number, reader: ByteReader): SensorRecord {
  const common = decodeCommon(id, reader);
  const linearization = reader.u8();
  const factors = decodeFactors(reader, { format: common.format, linearization });
  reader.skip(17); // flags, nominal and normal values, limits, thresholds, hysteresis, reserved, OEM
  const { format, ...sensor } = common;
  const isAnalog = sensor.eventType === thresholdEvents && format !== 3;
  return { ...sensor, name: decodeName(reader), ...(isAnalog && { factors }) };
}

function decodeCompact(id: number, reader: ByteReader): readonly SensorRecord[] {
  const { format: _, ...sensor } = decodeCommon(id, reader);
  const sharing = decodeSharing(reader);
  reader.skip(6); // hysteresis, reserved, OEM
  return share({ ...sensor, name: decodeName(reader), readableThresholds: noThresholds }, sharing);
}

function decodeEventOnly(id: number, reader: ByteReader): readonly EventOnlyRecord[] {
  const [ownerAddress, ownerLun, number] = [reader.u8(), reader.u8(), reader.u8()];
  const [entityId, entityInstance] = [reader.u8(), reader.u8()];
  const [sensorType, eventType] = [reader.u8(), reader.u8()];
  const sharing = decodeSharing(reader);
  reader.skip(2); // reserved, OEM
  const name = decodeName(reader);
  const lun = ownerLun & 0x03;
  const sensor = { id, ownerAddress, lun, number, entityId, entityInstance, sensorType, eventType, name };
  return share({ kind: 'eventOnly', ...sensor }, sharing);
}

function decodeFruLocator(id: number, reader: ByteReader): FruLocator {
  const [access, fruId, flags] = [reader.u8(), reader.u8(), reader.u8()];
  reader.skip(4); // channel, reserved, device type and modifier
  const [entityId, entityInstance] = [reader.u8(), reader.u8()];
  reader.skip(1); // OEM
  const where = { accessAddress: access & 0xfe, isLogical: (flags & 0x80) !== 0, fruId, lun: (flags >> 3) & 0x03 };
  return { kind: 'fruLocator', id, ...where, entityId, entityInstance, name: decodeName(reader) };
}

function decodeControllerLocator(id: number, reader: ByteReader): ControllerLocator {
  const [address, channel] = [reader.u8() & 0xfe, reader.u8() & 0x0f];
  reader.skip(5); // power state, capabilities, reserved
  const [entityId, entityInstance] = [reader.u8(), reader.u8()];
  reader.skip(1); // OEM
  return { kind: 'controllerLocator', id, address, channel, entityId, entityInstance, name: decodeName(reader) };
}

interface Sharing {
  readonly count: number;
  readonly isLettered: boolean;
  readonly firstModifier: number;
  readonly isEntityShared: boolean;
}

/** How many sensors share a record, IPMI v2.0 section 43.2, bytes 24 and 25. */
function decodeSharing(reader: ByteReader): Sharing {
  const [sharing, offsets] = [reader.u8(), reader.u8()];
  return {
    count: Math.max(1, sharing & 0x0f),
    isLettered: ((sharing >> 4) & 0x03) === 1,
    firstModifier: offsets & 0x7f,
    isEntityShared: (offsets & 0x80) !== 0,
  };
}

function share<Shared extends Pick<SensorRecord, 'number' | 'entityInstance' | 'name'>>(
  sensor: Shared,
  { count, isLettered, firstModifier, isEntityShared }: Sharing,
): readonly Shared[] {
  if (count === 1) return [sensor];
  return Array.from({ length: count }, (_, index) => ({
    ...sensor,
    number: sensor.number + index,
    entityInstance: sensor.entityInstance + (isEntityShared ? index : 0),
    name: sensor.name + nameModifier(firstModifier + index, isLettered),
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
