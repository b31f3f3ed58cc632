import { toHex } from '../../../base/bytes';
import { type IpmiCommand, noData } from '../command';

/**
 * Get System GUID, IPMI v2.0 section 22.14. Gives it as `xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx`, read as the standard stores it:
 * least significant byte first. Controllers that send SMBIOS order instead give one whose bytes stand the other way round.
 */
export const getSystemGuid: IpmiCommand<void, string> = {
  name: 'Get System GUID',
  netFn: 0x06,
  command: 0x37,
  encode: noData,
  decode: (reader) => toHex(reader.bytes(16).toReversed()).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'),
};
