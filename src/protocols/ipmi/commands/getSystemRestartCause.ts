import { type IpmiCommand, noData } from '../command';

/** The cause that says that Chassis Control did it. */
export const causedByChassisControl = 1;

/** Get System Restart Cause, IPMI v2.0 section 28.11. Gives the cause's number; 0 is unknown. */
export const getSystemRestartCause: IpmiCommand<void, number> = {
  name: 'Get System Restart Cause',
  netFn: 0x00,
  command: 0x07,
  encode: noData,
  decode: (reader) => reader.u8() & 0x0f,
};
