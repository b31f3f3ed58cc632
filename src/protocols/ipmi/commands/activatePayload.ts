import type { IpmiCommand } from '../command';

/** Completion codes of Activate Payload, IPMI v2.0 table 24-2. */
export const activatePayloadCodes = {
  alreadyActive: 0x80,
  disabled: 0x81,
  limitReached: 0x82,
  cannotEncrypt: 0x83,
  mustEncrypt: 0x84,
} as const;

/** Encrypted, authenticated, serial alerts deferred, and CTS, DCD and DSR left alone. */
const auxiliary = [0xc6, 0, 0, 0];

export interface ActivatedPayload {
  /** The longest payload that the controller takes, as it says: many say 0, or swap the bytes. */
  readonly maximumInbound: number;
  readonly maximumOutbound: number;
  readonly port: number;
}

export interface PayloadInstance {
  readonly type: number;
  readonly instance: number;
}

/** Activate Payload, IPMI v2.0 section 24.1, for Serial over LAN. */
export const activatePayload: IpmiCommand<PayloadInstance, ActivatedPayload> = {
  name: 'Activate Payload',
  netFn: 0x06,
  command: 0x48,
  privilege: 'operator',
  encode: ({ type, instance }) => Uint8Array.of(type, instance, ...auxiliary),
  decode(reader) {
    reader.skip(4); // auxiliary data
    return { maximumInbound: reader.u16le(), maximumOutbound: reader.u16le(), port: reader.u16le() };
  },
};
