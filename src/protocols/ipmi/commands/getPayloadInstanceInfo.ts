import type { IpmiCommand } from '../command';
import type { PayloadInstance } from './activatePayload';

/** Get Payload Instance Info, IPMI v2.0 section 24.5. Gives the session that holds the instance; 0 when it is not active. */
export const getPayloadInstanceInfo: IpmiCommand<PayloadInstance, number> = {
  name: 'Get Payload Instance Info',
  netFn: 0x06,
  command: 0x4b,
  encode: ({ type, instance }) => Uint8Array.of(type, instance),
  decode: (reader) => reader.u32le(),
};
