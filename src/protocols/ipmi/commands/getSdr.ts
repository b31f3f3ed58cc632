import type { IpmiCommand } from '../command';

export interface SdrPart {
  readonly reservation: number;
  /** 0 is the first record. */
  readonly record: number;
  readonly offset: number;
  readonly count: number;
}

export interface SdrPartAnswer {
  /** FFFFh after the last record. */
  readonly next: number;
  readonly bytes: Uint8Array;
}

/** Get SDR, IPMI v2.0 section 33.12. */
export const getSdr: IpmiCommand<SdrPart, SdrPartAnswer> = {
  name: 'Get SDR',
  netFn: 0x0a,
  command: 0x23,
  encode: ({ reservation, record, offset, count }) =>
    Uint8Array.of(reservation, reservation >> 8, record, record >> 8, offset, count),
  decode: (reader) => ({ next: reader.u16le(), bytes: reader.rest() }),
};

/** Get Device SDR, IPMI v2.0 section 35.3: the records of a controller that has no repository. */
export const getDeviceSdr: typeof getSdr = { ...getSdr, name: 'Get Device SDR', netFn: 0x04, command: 0x21 };
