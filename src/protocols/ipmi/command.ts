import type { ByteReader } from '../../base/bytes';
import type { PrivilegeLevel } from './openSession';

/** One IPMI command: its numbers, and what goes in and comes out. */
export interface IpmiCommand<Input, Output> {
  readonly name: string;
  readonly netFn: number;
  readonly command: number;
  /** The lowest privilege that may use it, when it is more than `user`, with which every session begins. */
  readonly privilege?: Exclude<PrivilegeLevel, 'callback' | 'user'>;
  encode(input: Input): Uint8Array;
  /** Reads what follows the completion code. Surplus bytes are left. */
  decode(reader: ByteReader): Output;
}

export const noData = (): Uint8Array => new Uint8Array(0);
