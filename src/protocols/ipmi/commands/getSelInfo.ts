import { type IpmiCommand, noData } from '../command';

/** The time stamps are the controller's own. */
export interface SelInfo {
  readonly entries: number;
  readonly addedAt: number;
  readonly erasedAt: number;
  /** Events were lost because the log is full. */
  readonly overflowed: boolean;
}

/** Get SEL Info, IPMI v2.0 section 31.2. */
export const getSelInfo: IpmiCommand<void, SelInfo> = {
  name: 'Get SEL Info',
  netFn: 0x0a,
  command: 0x40,
  encode: noData,
  decode(reader) {
    reader.skip(1); // SEL version
    const entries = reader.u16le();
    reader.skip(2); // free space
    const [addedAt, erasedAt] = [reader.u32le(), reader.u32le()];
    return { entries, addedAt, erasedAt, overflowed: (reader.u8() & 0x80) !== 0 };
  },
};
