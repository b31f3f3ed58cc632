import type { IpmiCommand } from '../command';

export interface PefParameterSelector {
  readonly parameter: number;
  /** Which of several; 0 where there is one. */
  readonly set: number;
}

/** Get PEF Configuration Parameters, IPMI v2.0 section 30.4. Gives what follows the revision. */
export const getPefConfigurationParameters: IpmiCommand<PefParameterSelector, Uint8Array> = {
  name: 'Get PEF Configuration Parameters',
  netFn: 0x04,
  command: 0x13,
  privilege: 'operator',
  encode: ({ parameter, set }) => Uint8Array.of(parameter, set, 0),
  decode(reader) {
    reader.skip(1);
    return Uint8Array.from(reader.rest());
  },
};
