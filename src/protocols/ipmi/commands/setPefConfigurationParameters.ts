import type { IpmiCommand } from '../command';

export interface PefParameterWrite {
  readonly parameter: number;
  readonly data: Uint8Array;
}

/** Set PEF Configuration Parameters, IPMI v2.0 section 30.3. */
export const setPefConfigurationParameters: IpmiCommand<PefParameterWrite, void> = {
  name: 'Set PEF Configuration Parameters',
  netFn: 0x04,
  command: 0x12,
  privilege: 'administrator',
  encode: ({ parameter, data }) => Uint8Array.of(parameter, ...data),
  decode: () => undefined,
};
