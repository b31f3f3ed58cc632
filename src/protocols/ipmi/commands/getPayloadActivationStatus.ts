import type { IpmiCommand } from '../command';

export interface PayloadActivationStatus {
  /** How many instances there may be; some controllers say 0 for 1. */
  readonly capacity: number;
  /** The active instances, from 1. */
  readonly active: readonly number[];
}

/** Get Payload Activation Status, IPMI v2.0 section 24.4. The input is the payload type. */
export const getPayloadActivationStatus: IpmiCommand<number, PayloadActivationStatus> = {
  name: 'Get Payload Activation Status',
  netFn: 0x06,
  command: 0x4a,
  encode: (type) => Uint8Array.of(type),
  decode(reader) {
    const capacity = reader.u8() & 0x0f;
    const mask = reader.u16le();
    const active = Array.from({ length: 16 }, (_, index) => index + 1).filter((one) => mask & (1 << (one - 1)));
    return { capacity, active };
  },
};
