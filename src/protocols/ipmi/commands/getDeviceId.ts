import { type IpmiCommand, noData } from '../command';
import { manufacturerName } from '../manufacturers';

export interface DeviceId {
  readonly deviceId: number;
  readonly revision: number;
  /** Major and minor version, `2.03`; some controllers add four bytes of their own, which follow in hexadecimal. */
  readonly firmware: string;
  /** `2.0` */
  readonly ipmiVersion: string;
  /** IANA enterprise number. */
  readonly manufacturerId: number;
  /** The manufacturer's name, or its number where the name is not known. */
  readonly manufacturer: string;
  readonly productId: number;
}

/** Get Device ID, IPMI v2.0 section 20.1. */
export const getDeviceId: IpmiCommand<void, DeviceId> = {
  name: 'Get Device ID',
  netFn: 0x06,
  command: 0x01,
  encode: noData,
  decode(reader) {
    const deviceId = reader.u8();
    const revision = reader.u8() & 0x0f;
    const major = reader.u8() & 0x7f;
    const minor = reader.u8(); // BCD
    const version = reader.u8(); // BCD, the minor digit first
    reader.skip(1); // what else the device supports
    const manufacturerId = reader.u24le() & 0x0fffff;
    const productId = reader.u16le();
    const firmware = `${major}.${(minor >> 4).toString(16)}${(minor & 0x0f).toString(16)}`;
    const ipmiVersion = `${version & 0x0f}.${version >> 4}`;
    return {
      deviceId,
      revision,
      firmware,
      ipmiVersion,
      manufacturerId,
      manufacturer: manufacturerName(manufacturerId),
      productId,
    };
  },
};
