import type { IpmiCommand } from '../command';
import type { PayloadInstance } from './activatePayload';

/** Deactivate Payload, IPMI v2.0 section 24.2. Completion code 80h says that it is not active. */
export const deactivatePayload: IpmiCommand<PayloadInstance, void> = {
  name: 'Deactivate Payload',
  netFn: 0x06,
  command: 0x49,
  privilege: 'operator',
  encode: ({ type, instance }) => Uint8Array.of(type, instance, 0, 0, 0, 0),
  decode: () => undefined,
};
