import type { IpmiCommand } from '../command';

export interface SensorReading {
  readonly raw: number;
  /** Neither raw reading nor states count when the controller has none. */
  readonly available: boolean;
  /** Bits of comparisons or states, from offset 0. */
  readonly states: number;
}

/** Get Sensor Reading, IPMI v2.0 section 35.14. */
export const getSensorReading: IpmiCommand<number, SensorReading> = {
  name: 'Get Sensor Reading',
  netFn: 0x04,
  command: 0x2d,
  encode: (number) => Uint8Array.of(number),
  decode(reader) {
    const raw = reader.u8();
    const flags = reader.u8();
    const low = reader.remaining > 0 ? reader.u8() : 0;
    const high = reader.remaining > 0 ? reader.u8() : 0;
    return { raw, available: (flags & 0x60) === 0x40, states: low | ((high & 0x7f) << 8) };
  },
};
