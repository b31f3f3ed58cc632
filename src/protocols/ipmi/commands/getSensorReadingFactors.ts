import type { IpmiCommand } from '../command';
import { decodeFactors, type Factors } from '../sdr/conversion';

/** Get Sensor Reading Factors, IPMI v2.0 section 35.5: of a sensor whose factors differ from reading to reading. */
export const getSensorReadingFactors: IpmiCommand<
  { readonly number: number; readonly raw: number },
  Pick<Factors, 'm' | 'b' | 'bExponent' | 'resultExponent'>
> = {
  name: 'Get Sensor Reading Factors',
  netFn: 0x04,
  command: 0x23,
  encode: ({ number, raw }) => Uint8Array.of(number, raw),
  decode(reader) {
    reader.skip(1); // next reading
    const { m, b, bExponent, resultExponent } = decodeFactors(reader, { format: 0, linearization: 0 });
    return { m, b, bExponent, resultExponent };
  },
};
