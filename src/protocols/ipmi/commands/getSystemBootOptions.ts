import type { IpmiCommand } from '../command';

export interface BootOption {
  readonly parameter: number;
  /** Whether the parameter is marked as invalid or locked. */
  readonly locked: boolean;
  readonly data: Uint8Array;
}

/** Get System Boot Options, IPMI v2.0 section 28.13. */
export const getSystemBootOptions: IpmiCommand<number, BootOption> = {
  name: 'Get System Boot Options',
  netFn: 0x00,
  command: 0x09,
  privilege: 'operator',
  encode: (parameter) => Uint8Array.of(parameter, 0, 0),
  decode(reader) {
    reader.skip(1); // version of the parameters
    const selector = reader.u8();
    return { parameter: selector & 0x7f, locked: (selector & 0x80) !== 0, data: Uint8Array.from(reader.rest()) };
  },
};
