import { ByteReader } from '../../../base/bytes';
import { toSidebandError } from '../../../base/errors';
import { decodeTypeLength } from '../typeLength';
import { chassisTypes } from './chassisTypes';
import { sumsToZero } from './header';

/** One fact of an area, in the standard's words. */
export interface FruField {
  readonly name: string;
  readonly value: string;
}

export interface FruArea {
  readonly area: string;
  readonly fields: readonly FruField[];
  /** What is wrong with it beside what could be read. */
  readonly problem?: string;
}

export const areaNames = ['chassis', 'board', 'product'] as const;
export type AreaName = (typeof areaNames)[number];

const endOfFields = 0xc1;
const english = new Set([0, 25]);
const minuteMs = 60_000;
const epoch = Date.UTC(1996, 0, 1);

const fieldNames: Readonly<Record<AreaName, readonly string[]>> = {
  chassis: ['Part number', 'Serial number'],
  board: ['Manufacturer', 'Product', 'Serial number', 'Part number', 'FRU file'],
  product: ['Manufacturer', 'Product', 'Part number', 'Version', 'Serial number', 'Asset tag', 'FRU file'],
};

/** A chassis, board or product area, FRU Information Storage Definition sections 10 to 12. Tells what it could read and what is wrong. */
export function decodeArea(area: AreaName, bytes: Uint8Array): FruArea {
  const fields: FruField[] = [];
  try {
    const reader = new ByteReader(bytes, 2); // behind version and length
    const isEnglish = decodeHead(area, reader, fields);
    decodeFields(area, { reader, isEnglish }, fields);
  } catch (thrown) {
    return { area, fields, problem: `it ends early: ${toSidebandError(thrown).message}` };
  }
  return { area, fields, ...(!sumsToZero(bytes) && { problem: 'its checksum is wrong' }) };
}

/** Tells whether the texts are English. */
function decodeHead(area: AreaName, reader: ByteReader, fields: FruField[]): boolean {
  if (area === 'chassis') {
    const type = reader.u8();
    fields.push({ name: 'Type', value: chassisTypes[type] ?? `type ${type}` });
    return true;
  }
  const language = reader.u8();
  if (area === 'board') {
    const minutes = reader.u24le();
    if (minutes > 0) fields.push({ name: 'Manufactured', value: dateText(epoch + minutes * minuteMs) });
  }
  return english.has(language);
}

function decodeFields(
  area: AreaName,
  { reader, isEnglish }: { readonly reader: ByteReader; readonly isEnglish: boolean },
  fields: FruField[],
): void {
  const names = fieldNames[area];
  for (let index = 0; ; index++) {
    const typeLength = reader.u8();
    if (typeLength === endOfFields) return;
    const value = decodeText(typeLength, reader.bytes(typeLength & 0x3f), isEnglish);
    const name = names[index] ?? `Custom ${index - names.length + 1}`;
    if (value !== '') fields.push({ name, value });
  }
}

/** In other languages than English a plain text has two bytes a character; not every maker keeps to it. */
function decodeText(typeLength: number, bytes: Uint8Array, isEnglish: boolean): string {
  const isText = typeLength >> 6 === 3;
  const isWide = !isEnglish && isText && bytes.length % 2 === 0 && bytes.includes(0);
  return isWide ? decodeTypeLength(0, bytes, 'sdr') : decodeTypeLength(typeLength, bytes, 'fru');
}

/** `2024-01-02 00:00` */
function dateText(ms: number): string {
  return new Date(ms).toISOString().slice(0, 16).replace('T', ' ');
}
