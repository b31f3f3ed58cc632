import type { IpmiCommand } from '../command';

export interface LanParameterWrite {
  readonly channel: number;
  readonly parameter: number;
  readonly data: Uint8Array;
}

/** Set LAN Configuration Parameters, IPMI v2.0 section 23.1. */
export const setLanConfigurationParameters: IpmiCommand<LanParameterWrite, void> = {
  name: 'Set LAN Configuration Parameters',
  netFn: 0x0c,
  command: 0x01,
  privilege: 'administrator',
  encode: ({ channel, parameter, data }) => Uint8Array.of(channel, parameter, ...data),
  decode: () => undefined,
};
