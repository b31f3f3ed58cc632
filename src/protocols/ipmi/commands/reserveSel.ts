import { type IpmiCommand, noData } from '../command';

/** Reserve SEL, IPMI v2.0 section 31.4. The reservation is lost when anybody else reserves, and when a record is added or erased. */
export const reserveSel: IpmiCommand<void, number> = {
  name: 'Reserve SEL',
  netFn: 0x0a,
  command: 0x42,
  encode: noData,
  decode: (reader) => reader.u16le(),
};
