import type { IpmiCommand } from '../command';

export interface BootOptionWrite {
  readonly parameter: number;
  readonly data: Uint8Array;
}

/** Set System Boot Options, IPMI v2.0 section 28.12. */
export const setSystemBootOptions: IpmiCommand<BootOptionWrite, void> = {
  name: 'Set System Boot Options',
  netFn: 0x00,
  command: 0x08,
  privilege: 'operator',
  encode: ({ parameter, data }) => Uint8Array.of(parameter, ...data),
  decode: () => undefined,
};
