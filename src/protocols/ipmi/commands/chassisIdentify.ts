import type { IpmiCommand } from '../command';

/** For how many seconds, 0 to 255; 0 ends it. */
export type IdentifyTime = number | 'forever';

/** Chassis Identify, IPMI v2.0 section 28.5. The second byte is sent only where it is needed: not every controller takes it. */
export const chassisIdentify: IpmiCommand<IdentifyTime, void> = {
  name: 'Chassis Identify',
  netFn: 0x00,
  command: 0x04,
  privilege: 'operator',
  encode: (time) => (time === 'forever' ? Uint8Array.of(0, 1) : Uint8Array.of(time)),
  decode: () => undefined,
};
