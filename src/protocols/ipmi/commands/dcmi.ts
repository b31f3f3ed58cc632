import type { ByteReader } from '../../../base/bytes';
import { SidebandError } from '../../../base/errors';
import type { IpmiCommand } from '../command';

/** The group extension of the Data Center Manageability Interface. */
const dcmi = 0xdc;
const groupExtension = 0x2c;

/** Watts; times as the controller has them. */
export interface PowerReading {
  readonly now: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly average: number;
  /** Seconds since 1970 by the controller's clock. */
  readonly at: number;
  readonly periodMs: number;
  readonly active: boolean;
}

/** Get Power Reading, DCMI v1.5 section 6.6.1. */
export const getPowerReading: IpmiCommand<void, PowerReading> = {
  name: 'Get Power Reading',
  netFn: groupExtension,
  command: 0x02,
  encode: () => Uint8Array.of(dcmi, 0x01, 0x00, 0x00),
  decode(reader) {
    skipGroup(reader);
    const [now, minimum, maximum, average] = [reader.u16le(), reader.u16le(), reader.u16le(), reader.u16le()];
    const [at, periodMs] = [reader.u32le(), reader.u32le()];
    return { now, minimum, maximum, average, at, periodMs, active: (reader.u8() & 0x40) !== 0 };
  },
};

const actions: Readonly<Record<number, string>> = { 0: 'none', 1: 'power off', 0x11: 'log' };

export interface PowerLimit {
  /** What happens when the limit cannot be kept. */
  readonly action: string;
  readonly watts: number;
  readonly correctionMs: number;
  readonly periodSeconds: number;
}

/** Get Power Limit, DCMI v1.5 section 6.6.2. Completion code 80h: none is active. */
export const getPowerLimit: IpmiCommand<void, PowerLimit> = {
  name: 'Get Power Limit',
  netFn: groupExtension,
  command: 0x03,
  encode: () => Uint8Array.of(dcmi, 0x00, 0x00),
  decode(reader) {
    skipGroup(reader);
    reader.skip(2);
    const action = reader.u8();
    const [watts, correctionMs] = [reader.u16le(), reader.u32le()];
    reader.skip(2);
    return { action: actions[action] ?? `action ${action}`, watts, correctionMs, periodSeconds: reader.u16le() };
  },
};

function skipGroup(reader: ByteReader): void {
  if (reader.u8() !== dcmi) throw new SidebandError('protocol.invalid', 'the answer belongs to no DCMI command');
}
