import { ByteReader } from '../../../base/bytes';
import type { IpmiCommand } from '../command';

/** SOL configuration parameters, IPMI v2.0 table 26-5. */
export const solParameters = {
  setInProgress: 0,
  enable: 1,
  authentication: 2,
  accumulate: 3,
  retry: 4,
  nonVolatileBitRate: 5,
  volatileBitRate: 6,
  channel: 7,
  port: 8,
} as const;

export type SolParameter = keyof typeof solParameters;

/** The channel over which the session runs. */
export const presentChannel = 0x0e;

/** Get SOL Configuration Parameters, IPMI v2.0 section 26.3. Gives the parameter's data. */
export const getSolConfigurationParameters: IpmiCommand<
  { readonly channel: number; readonly parameter: SolParameter },
  Uint8Array
> = {
  name: 'Get SOL Configuration Parameters',
  netFn: 0x0c,
  command: 0x22,
  privilege: 'operator',
  encode: ({ channel, parameter }) => Uint8Array.of(channel, solParameters[parameter], 0, 0),
  decode(reader) {
    reader.skip(1); // parameter revision
    return reader.rest().slice();
  },
};

/** Set SOL Configuration Parameters, IPMI v2.0 section 26.2. Completion code 80h: not supported, 82h: read only. */
export const setSolConfigurationParameters: IpmiCommand<
  { readonly channel: number; readonly parameter: SolParameter; readonly data: Uint8Array },
  void
> = {
  name: 'Set SOL Configuration Parameters',
  netFn: 0x0c,
  command: 0x21,
  privilege: 'administrator',
  encode: ({ channel, parameter, data }) => Uint8Array.of(channel, solParameters[parameter], ...data),
  decode: () => undefined,
};

const bitRates: Readonly<Record<number, number>> = { 6: 9600, 7: 19_200, 8: 38_400, 9: 57_600, 10: 115_200 };

/** Bits each second; nothing when it is as the serial port has it, or unknown. */
export function decodeSolBitRate(data: Uint8Array): number | undefined {
  return bitRates[new ByteReader(data).u8() & 0x0f];
}

/** How often a controller repeats a packet, and after how many milliseconds. */
export function decodeSolRetry(data: Uint8Array): { readonly count: number; readonly intervalMs: number } {
  const reader = new ByteReader(data);
  return { count: reader.u8() & 0x07, intervalMs: 10 * reader.u8() };
}
