import { toHex } from '../../../base/bytes';
import { type IpmiCommand, noData } from '../command';

/**
 * Get System GUID, IPMI v2.0 section 22.14. Gives the 16 bytes as the controller sent them, in hexadecimal: the standard stores
 * them least significant first, many controllers in SMBIOS order.
 */
export const getSystemGuid: IpmiCommand<void, string> = {
  name: 'Get System GUID',
  netFn: 0x06,
  command: 0x37,
  encode: noData,
  decode: (reader) => toHex(reader.bytes(16)),
};
