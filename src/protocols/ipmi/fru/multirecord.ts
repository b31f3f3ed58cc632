import { ByteReader, toHex } from '../../../base/bytes';
import { toSidebandError } from '../../../base/errors';
import { decodeTypeLength } from '../typeLength';
import type { FruArea, FruField } from './areas';
import { sumsToZero } from './header';

export const multirecordHeaderLength = 5;

/** FRU Information Storage Definition section 16.1. */
export interface MultirecordHeader {
  readonly type: number;
  readonly isLast: boolean;
  /** Bytes behind the header. */
  readonly length: number;
  readonly checksum: number;
  /** Without it the length cannot be trusted. */
  readonly isIntact: boolean;
}

export function decodeMultirecordHeader(bytes: Uint8Array): MultirecordHeader {
  const reader = new ByteReader(bytes);
  const [type, flags, length, checksum] = [reader.u8(), reader.u8(), reader.u8(), reader.u8()];
  reader.skip(1); // header checksum
  return { type, isLast: (flags & 0x80) !== 0, length, checksum, isIntact: sumsToZero(bytes) };
}

type Decoder = (reader: ByteReader) => readonly FruField[];

const records: Readonly<Record<number, readonly [title: string, decode: Decoder]>> = {
  0x00: ['power supply', decodePowerSupply],
  0x01: ['DC output', decodeDcOutput],
  0x02: ['DC load', decodeDcLoad],
  0x03: ['management access', decodeManagementAccess],
  0x04: ['base compatibility', asHex],
  0x05: ['extended compatibility', asHex],
};

/** One record of the multirecord area. Tells what it could read and what is wrong. */
export function decodeMultirecord({ type, checksum }: MultirecordHeader, bytes: Uint8Array): FruArea {
  const [area, decode] = records[type] ?? [`record ${type.toString(16).padStart(2, '0')}h`, asHex];
  try {
    const fields = decode(new ByteReader(bytes));
    const isIntact = sumsToZero(Uint8Array.of(checksum, ...bytes));
    return { area, fields, ...(!isIntact && { problem: 'its checksum is wrong' }) };
  } catch (thrown) {
    return { area, fields: asHex(new ByteReader(bytes)), problem: `it ends early: ${toSidebandError(thrown).message}` };
  }
}

/** Section 18.1. */
function decodePowerSupply(reader: ByteReader): readonly FruField[] {
  const capacity = reader.u16le() & 0x0fff;
  const peak = reader.u16le();
  const [inrush, inrushMs] = [reader.u8(), reader.u8()];
  const volts = Array.from({ length: 4 }, () => reader.u16le() / 100);
  const [low, high, low2, high2] = volts;
  const [lowest, highest] = [reader.u8(), reader.u8()];
  const dropout = reader.u8();
  const flags = reader.u8();
  const peakCapacity = reader.u16le();
  const features = ['predictive failure pin', 'power factor correction', 'autoswitch', 'hot swap'];
  return [
    { name: 'Capacity', value: `${capacity} W` },
    ...(peak === 0xffff ? [] : [{ name: 'Peak', value: `${peak} VA` }]),
    ...(inrush === 0xff ? [] : [{ name: 'Inrush', value: `${inrush} A for ${inrushMs} ms` }]),
    { name: 'Input', value: `${low}–${high} V${high2 ? `, ${low2}–${high2} V` : ''}, ${lowest}–${highest} Hz` },
    { name: 'Dropout tolerance', value: `${dropout} ms` },
    ...(peakCapacity === 0
      ? []
      : [{ name: 'Peak capacity', value: `${peakCapacity & 0x0fff} W for ${peakCapacity >> 12} s` }]),
    { name: 'Features', value: features.filter((_, bit) => (flags & (1 << bit)) !== 0).join(', ') || 'none' },
  ];
}

/** Section 18.2. */
function decodeDcOutput(reader: ByteReader): readonly FruField[] {
  const output = reader.u8();
  return [
    { name: 'Output', value: `${output & 0x0f}${(output & 0x80) === 0 ? '' : ', standby'}` },
    { name: 'Voltage', value: `${signed16(reader) / 100} V` },
    { name: 'Deviation', value: `${signed16(reader) / 100} to ${signed16(reader) / 100} V` },
    { name: 'Ripple and noise', value: `${reader.u16le()} mV` },
    { name: 'Current', value: `${reader.u16le() / 1000} to ${reader.u16le() / 1000} A` },
  ];
}

/** Section 18.3. */
function decodeDcLoad(reader: ByteReader): readonly FruField[] {
  return [
    { name: 'Output', value: String(reader.u8() & 0x0f) },
    { name: 'Voltage', value: `${signed16(reader) / 100} V` },
    { name: 'Tolerated', value: `${signed16(reader) / 100} to ${signed16(reader) / 100} V` },
    { name: 'Ripple and noise', value: `${reader.u16le()} mV` },
    { name: 'Current', value: `${reader.u16le() / 1000} to ${reader.u16le() / 1000} A` },
  ];
}

const accessNames: Readonly<Record<number, string>> = {
  1: 'System management URL',
  2: 'System name',
  3: 'System ping address',
  4: 'Component management URL',
  5: 'Component name',
  6: 'Component ping address',
};
const uniqueId = 7;

/** Section 18.4. */
function decodeManagementAccess(reader: ByteReader): readonly FruField[] {
  const kind = reader.u8();
  const bytes = reader.rest();
  if (kind === uniqueId) return [{ name: 'Unique id', value: toHex(bytes) }];
  return [{ name: accessNames[kind] ?? `Access ${kind}`, value: decodeTypeLength(0xc0, bytes, 'fru') }];
}

function asHex(reader: ByteReader): readonly FruField[] {
  return [{ name: 'Data', value: toHex(reader.rest()) }];
}

function signed16(reader: ByteReader): number {
  const value = reader.u16le();
  return value >= 0x8000 ? value - 0x1_0000 : value;
}
