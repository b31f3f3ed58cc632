import { ByteReader } from '../../../base/bytes';
import { SidebandError } from '../../../base/errors';
import type { IpmiCommand } from '../command';

export const longestUserName = 16;
export const longestPassword = 20;
const shortPassword = 16;
const operations = { disable: 0, enable: 1, set: 2, test: 3 } as const;
const noAccess = 0x0f;

export interface UserAccess {
  readonly maximumUsers: number;
  /** Absent where the controller does not tell. */
  readonly enabled?: boolean;
  readonly callbackOnly: boolean;
  readonly linkAuthentication: boolean;
  readonly messaging: boolean;
  /** 1 callback to 5 OEM; absent: no access on this channel. */
  readonly limit?: number;
}

/** Get User Access, IPMI v2.0 section 22.27. */
export const getUserAccess: IpmiCommand<{ readonly channel: number; readonly user: number }, UserAccess> = {
  name: 'Get User Access',
  netFn: 0x06,
  command: 0x44,
  privilege: 'operator',
  encode: ({ channel, user }) => Uint8Array.of(channel, user),
  decode(reader) {
    const maximumUsers = reader.u8() & 0x3f;
    const status = reader.u8() >> 6;
    reader.skip(1); // count of users with fixed names
    const access = reader.u8();
    const limit = access & 0x0f;
    return {
      maximumUsers,
      ...(status !== 0 && { enabled: status === 1 }),
      callbackOnly: (access & 0x40) !== 0,
      linkAuthentication: (access & 0x20) !== 0,
      messaging: (access & 0x10) !== 0,
      ...(limit !== noAccess && { limit }),
    };
  },
};

/** Get User Name, IPMI v2.0 section 22.29. Some controllers refuse for a user without one. */
export const getUserName: IpmiCommand<number, string> = {
  name: 'Get User Name',
  netFn: 0x06,
  command: 0x46,
  privilege: 'operator',
  encode: (user) => Uint8Array.of(user),
  decode: (reader) => untilZero(reader.rest()),
};

/** Set User Password, IPMI v2.0 section 22.30. `test` is answered with completion code 80h when it differs, 81h when its size does. */
export const setUserPassword: IpmiCommand<
  { readonly user: number; readonly password: Uint8Array; readonly operation: 'set' | 'test' },
  void
> = {
  name: 'Set User Password',
  netFn: 0x06,
  command: 0x47,
  privilege: 'administrator',
  encode({ user, password, operation }) {
    if (password.length > longestPassword) {
      throw new SidebandError('usage.invalid', `the password is longer than IPMI’s ${longestPassword} bytes`);
    }
    const isLong = password.length > shortPassword;
    const bytes = new Uint8Array(2 + (isLong ? longestPassword : shortPassword));
    bytes[0] = (user & 0x3f) | (isLong ? 0x80 : 0);
    bytes[1] = operations[operation];
    bytes.set(password, 2);
    return bytes;
  },
  decode: () => undefined,
};

function untilZero(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return new TextDecoder().decode(new ByteReader(bytes).bytes(end < 0 ? bytes.length : end));
}
