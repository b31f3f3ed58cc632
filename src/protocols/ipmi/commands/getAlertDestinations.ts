import type { ByteReader } from '../../../base/bytes';
import type { IpmiCommand } from '../command';

const head = { name: 'Get LAN Configuration Parameters', netFn: 0x0c, command: 0x02, privilege: 'operator' } as const;

export interface AlertDestinationSelector {
  readonly channel: number;
  /** From 1; 0 is volatile. */
  readonly destination: number;
}

/** How many destinations a channel has besides the volatile one: LAN parameter 17, IPMI v2.0 section 23.2. */
export const getAlertDestinationCount: IpmiCommand<number, number> = {
  ...head,
  encode: (channel) => Uint8Array.of(channel, 17, 0, 0),
  decode(reader) {
    reader.skip(1); // revision
    return reader.u8() & 0x0f;
  },
};

/** LAN parameter 18, destination type: selector, type, time-out and retries, as they lie in the message. */
export const getAlertDestinationType: IpmiCommand<AlertDestinationSelector, Uint8Array> = {
  ...head,
  encode: ({ channel, destination }) => Uint8Array.of(channel, 18, destination, 0),
  decode: (reader) => setOf(reader, 4),
};

/** LAN parameter 19, destination addresses: selector, format, gateway, IPv4 address, MAC address, as they lie in the message. */
export const getAlertDestinationAddress: IpmiCommand<AlertDestinationSelector, Uint8Array> = {
  ...head,
  encode: ({ channel, destination }) => Uint8Array.of(channel, 19, destination, 0),
  decode: (reader) => setOf(reader, 13),
};

/** LAN parameter 16, the community string of the channel's traps, filled up with zeros. */
export const getAlertCommunity: IpmiCommand<number, Uint8Array> = {
  ...head,
  encode: (channel) => Uint8Array.of(channel, 16, 0, 0),
  decode: (reader) => setOf(reader, 18),
};

function setOf(reader: ByteReader, length: number): Uint8Array {
  reader.skip(1); // revision
  return Uint8Array.from(reader.bytes(length));
}
