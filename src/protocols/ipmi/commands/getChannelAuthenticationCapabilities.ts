import type { IpmiCommand } from '../command';
import { privilegeLevels, type PrivilegeLevel } from '../openSession';

const thisChannel = 0x0e;
const askForIpmi2 = 0x80;

export interface AuthenticationCapabilities {
  readonly ipmi2: boolean;
  readonly ipmi15: boolean;
  /** Two-key login: a BMC key is needed beside the password. */
  readonly bmcKey: boolean;
}

/** Get Channel Authentication Capabilities, IPMI v2.0 section 22.13. Its flags on users and names are unreliable and not read. */
export const getChannelAuthenticationCapabilities: IpmiCommand<PrivilegeLevel, AuthenticationCapabilities> = {
  name: 'Get Channel Authentication Capabilities',
  netFn: 0x06,
  command: 0x38,
  encode: (privilege) => Uint8Array.of(askForIpmi2 | thisChannel, privilegeLevels[privilege]),
  decode(reader) {
    reader.skip(1); // channel
    const extendedDataValid = (reader.u8() & 0x80) !== 0;
    const status = reader.u8();
    const extended = extendedDataValid && reader.remaining > 0 ? reader.u8() : 0x01;
    return {
      ipmi2: (extended & 0x02) !== 0,
      ipmi15: (extended & 0x01) !== 0,
      bmcKey: extendedDataValid && (status & 0x20) !== 0,
    };
  },
};
