import type { IpmiCommand } from '../command';

export interface FruInventoryAreaInfo {
  /** Bytes. */
  readonly size: number;
  /** Offsets and counts of Read FRU Data are in words of two bytes. */
  readonly isByWords: boolean;
}

/** Get FRU Inventory Area Info, IPMI v2.0 section 34.1. */
export const getFruInventoryAreaInfo: IpmiCommand<number, FruInventoryAreaInfo> = {
  name: 'Get FRU Inventory Area Info',
  netFn: 0x0a,
  command: 0x10,
  encode: (id) => Uint8Array.of(id),
  decode: (reader) => ({ size: reader.u16le(), isByWords: (reader.u8() & 1) !== 0 }),
};

/** Read FRU Data, IPMI v2.0 section 34.2. Offset and count are in bytes or words, as the area info says. Completion code 81h: busy. */
export const readFruData: IpmiCommand<
  { readonly id: number; readonly offset: number; readonly count: number },
  Uint8Array
> = {
  name: 'Read FRU Data',
  netFn: 0x0a,
  command: 0x11,
  encode: ({ id, offset, count }) => Uint8Array.of(id, offset, offset >> 8, count),
  decode(reader) {
    reader.skip(1); // how many follow; some count words
    return reader.rest().slice();
  },
};
