import type { IpmiCommand } from '../command';
import { privilegeLevels, type PrivilegeLevel } from '../openSession';

const keepPresentLevel = 0;

/**
 * Set Session Privilege Level, IPMI v2.0 section 22.18. Without an input the level stays. Gives the number of the level that the
 * session has now. Completion codes 80h to 82h say that the user or channel may not.
 */
export const setSessionPrivilegeLevel: IpmiCommand<PrivilegeLevel | undefined, number> = {
  name: 'Set Session Privilege Level',
  netFn: 0x06,
  command: 0x3b,
  encode: (privilege) => Uint8Array.of(privilege ? privilegeLevels[privilege] : keepPresentLevel),
  decode: (reader) => reader.u8() & 0x0f,
};
