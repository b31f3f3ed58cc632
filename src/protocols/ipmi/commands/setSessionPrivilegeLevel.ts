import type { IpmiCommand } from '../command';
import { privilegeLevels, type PrivilegeLevel } from '../openSession';

/** Set Session Privilege Level, IPMI v2.0 section 22.18. Completion codes 80h to 82h say that the user or channel may not. */
export const setSessionPrivilegeLevel: IpmiCommand<PrivilegeLevel, void> = {
  name: 'Set Session Privilege Level',
  netFn: 0x06,
  command: 0x3b,
  encode: (privilege) => Uint8Array.of(privilegeLevels[privilege]),
  decode: () => undefined,
};
