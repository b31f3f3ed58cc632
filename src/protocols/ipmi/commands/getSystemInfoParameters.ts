import type { IpmiCommand } from '../command';

/** System info parameters, IPMI v2.0 table 22-16. */
export const systemInfoParameters = {
  systemFirmwareVersion: 1,
  systemName: 2,
  primaryOperatingSystem: 3,
  operatingSystem: 4,
} as const;

export type SystemInfoParameter = keyof typeof systemInfoParameters;

/** Get System Info Parameters, IPMI v2.0 section 22.14b. Gives one block of a string: what follows its number. Completion code 80h: not supported. */
export const getSystemInfoParameters: IpmiCommand<
  { readonly parameter: SystemInfoParameter; readonly block: number },
  Uint8Array
> = {
  name: 'Get System Info Parameters',
  netFn: 0x06,
  command: 0x59,
  encode: ({ parameter, block }) => Uint8Array.of(0, systemInfoParameters[parameter], block, 0),
  decode(reader) {
    reader.skip(2); // parameter revision, block number
    return reader.rest().slice();
  },
};
