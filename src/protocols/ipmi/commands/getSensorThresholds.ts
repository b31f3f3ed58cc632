import type { IpmiCommand } from '../command';

/** Raw: lower non-critical, critical, non-recoverable, upper non-critical, critical, non-recoverable. */
export type SensorThresholds = readonly (number | undefined)[];

/** Get Sensor Thresholds, IPMI v2.0 section 35.9. What cannot be read is absent. */
export const getSensorThresholds: IpmiCommand<number, SensorThresholds> = {
  name: 'Get Sensor Thresholds',
  netFn: 0x04,
  command: 0x27,
  encode: (number) => Uint8Array.of(number),
  decode(reader) {
    const readable = reader.u8();
    return Array.from({ length: 6 }, (_, bit) => {
      const raw = reader.u8();
      return (readable & (1 << bit)) === 0 ? undefined : raw;
    });
  },
};
