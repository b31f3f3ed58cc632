import type { IpmiCommand } from '../command';

/** Channel medium types, IPMI v2.0 table 6-3. */
export const channelMedia: Readonly<Record<number, string>> = {
  1: 'IPMB',
  2: 'ICMB 1.0',
  3: 'ICMB 0.9',
  4: 'LAN',
  5: 'serial',
  6: 'other LAN',
  7: 'PCI SMBus',
  8: 'SMBus 1.0',
  9: 'SMBus 2.0',
  10: 'USB 1',
  11: 'USB 2',
  12: 'system interface',
};

export interface ChannelInfo {
  readonly channel: number;
  /** One of `channelMedia`. */
  readonly medium: number;
}

/** Get Channel Info, IPMI v2.0 section 22.24. */
export const getChannelInfo: IpmiCommand<number, ChannelInfo> = {
  name: 'Get Channel Info',
  netFn: 0x06,
  command: 0x42,
  encode: (channel) => Uint8Array.of(channel),
  decode: (reader) => ({ channel: reader.u8() & 0x0f, medium: reader.u8() & 0x7f }),
};
