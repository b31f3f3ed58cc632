import { type IpmiCommand, noData } from '../command';

/** The time stamps are the controller's own; only whether they are the same counts. */
export interface SdrRepositoryInfo {
  readonly records: number;
  readonly addedAt: number;
  readonly erasedAt: number;
}

/** Get SDR Repository Info, IPMI v2.0 section 33.9. */
export const getSdrRepositoryInfo: IpmiCommand<void, SdrRepositoryInfo> = {
  name: 'Get SDR Repository Info',
  netFn: 0x0a,
  command: 0x20,
  encode: noData,
  decode(reader) {
    reader.skip(1); // SDR version
    const records = reader.u16le();
    reader.skip(2); // free space
    return { records, addedAt: reader.u32le(), erasedAt: reader.u32le() };
  },
};
