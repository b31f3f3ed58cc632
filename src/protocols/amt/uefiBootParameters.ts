import { concatBytes } from '../../base/bytes';
import { SidebandError } from '../../base/errors';
import type { Secret } from '../../base/secret';

const intel = 0x8086;

const Type = {
  url: 1,
  imageHash: { 32: 4, 48: 5, 64: 6 },
  loadData: 10,
  syncRootCertificates: 20,
  serverName: 21,
  serverNameMatch: 22,
  serverHash: { 32: 23, 48: 24, 64: 25 },
  requestTimeout: 30,
  user: 40,
  password: 41,
} as const;

const serverNameMatches = { full: 1, suffix: 2 } as const;

/** A boot over HTTPS (One-Click Recovery). Hashes are SHA-256, SHA-384 or SHA-512, told apart by their length. */
export interface HttpsBoot {
  /** At most 300 bytes, without user and password. */
  readonly url: string;
  readonly imageHash?: Uint8Array | undefined;
  /** At most 50 bytes, handed to what is booted. */
  readonly loadData?: string | undefined;
  /** Whether the firmware is to trust the root certificates of AMT's store. */
  readonly syncRootCertificates?: boolean | undefined;
  /** At most 256 bytes. */
  readonly serverName?: { readonly name: string; readonly match: keyof typeof serverNameMatches } | undefined;
  readonly serverHash?: Uint8Array | undefined;
  /** In seconds; since AMT 16. */
  readonly requestTimeout?: number | undefined;
  /** Each at most 16 bytes. */
  readonly login?: { readonly user: string; readonly password: Secret } | undefined;
}

/** What goes into AMT_BootSettingData: the bytes of UefiBootParametersArray and UefiBootNumberOfParams. */
export interface UefiBootParameters {
  readonly bytes: Uint8Array;
  readonly count: number;
}

/** Throws `usage.invalid` for what is longer than the firmware takes. */
export function encodeHttpsBoot(boot: HttpsBoot): UefiBootParameters {
  const { serverName, login } = boot;
  return join([
    text('URL', Type.url, boot.url, 300),
    boot.imageHash && hash('hash of the image', Type.imageHash, boot.imageHash),
    boot.loadData !== undefined && text('load data', Type.loadData, boot.loadData, 50),
    boot.syncRootCertificates === true && parameter(Type.syncRootCertificates, Uint8Array.of(1)),
    serverName && text('name of the server', Type.serverName, serverName.name, 256),
    serverName && parameter(Type.serverNameMatch, le16(serverNameMatches[serverName.match])),
    boot.serverHash && hash('hash of the server’s certificate', Type.serverHash, boot.serverHash),
    boot.requestTimeout !== undefined && parameter(Type.requestTimeout, le16(boot.requestTimeout)),
    login && text('user of the server', Type.user, login.user, 16),
    login && text('password of the server', Type.password, login.password.reveal(), 16),
  ]);
}

function join(parameters: readonly (Uint8Array | false | undefined)[]): UefiBootParameters {
  const present = parameters.filter((one) => one instanceof Uint8Array);
  return { bytes: concatBytes(...present), count: present.length };
}

/** Vendor, type and length, little endian, then the value. */
function parameter(type: number, value: Uint8Array): Uint8Array {
  const length = value.length;
  return concatBytes(le16(intel), le16(type), le16(length), le16(length >>> 16), value);
}

function text(what: string, type: number, value: string, longest: number): Uint8Array {
  const bytes = new TextEncoder().encode(value);
  if (bytes.length <= longest) return parameter(type, bytes);
  throw new SidebandError('usage.invalid', `the ${what} is longer than ${longest} bytes`);
}

function hash(
  what: string,
  types: { readonly 32: number; readonly 48: number; readonly 64: number },
  value: Uint8Array,
) {
  const { length } = value;
  if (length === 32 || length === 48 || length === 64) return parameter(types[length], value);
  throw new SidebandError('usage.invalid', `the ${what} is no SHA-256, SHA-384 or SHA-512`);
}

function le16(value: number): Uint8Array {
  return Uint8Array.of(value, value >>> 8);
}
