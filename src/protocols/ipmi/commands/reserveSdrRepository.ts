import { type IpmiCommand, noData } from '../command';

/** Reserve SDR Repository, IPMI v2.0 section 33.11. Gives the reservation. */
export const reserveSdrRepository: IpmiCommand<void, number> = {
  name: 'Reserve SDR Repository',
  netFn: 0x0a,
  command: 0x22,
  encode: noData,
  decode: (reader) => reader.u16le(),
};

/** Reserve Device SDR Repository, IPMI v2.0 section 35.4. */
export const reserveDeviceSdrRepository: typeof reserveSdrRepository = {
  ...reserveSdrRepository,
  name: 'Reserve Device SDR Repository',
  netFn: 0x04,
};
