import type { IpmiCommand } from '../command';

export interface SelEntryAnswer {
  /** FFFFh after the last record. */
  readonly next: number;
  readonly bytes: Uint8Array;
}

/** Get SEL Entry, IPMI v2.0 section 31.5: the whole record. 0 is the first one. */
export const getSelEntry: IpmiCommand<{ readonly reservation: number; readonly record: number }, SelEntryAnswer> = {
  name: 'Get SEL Entry',
  netFn: 0x0a,
  command: 0x43,
  encode: ({ reservation, record }) => Uint8Array.of(reservation, reservation >> 8, record, record >> 8, 0x00, 0xff),
  decode: (reader) => ({ next: reader.u16le(), bytes: reader.rest().slice() }),
};
