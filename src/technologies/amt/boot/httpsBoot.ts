import { SidebandError } from '../../../base/errors';
import type { Secret } from '../../../base/secret';
import {
  encodeUefiBootParameters,
  type ParameterValue,
  recoveryParameters,
  uefiBootParameter,
} from '../../../protocols/amt/uefiBootParameters';

const nameMethods = { full: 1, suffix: 2 } as const;

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
  readonly serverName?: { readonly name: string; readonly match: keyof typeof nameMethods } | undefined;
  readonly serverHash?: Uint8Array | undefined;
  /** In seconds; since AMT 16. */
  readonly requestTimeout?: number | undefined;
  /** Each at most 16 bytes. */
  readonly login?: { readonly user: string; readonly password: Secret } | undefined;
}

/** UefiBootParametersArray and UefiBootNumberOfParams of AMT_BootSettingData. */
export interface EncodedBoot {
  readonly bytes: Uint8Array;
  readonly count: number;
}

type Kind = keyof typeof recoveryParameters;

/** Throws `usage.invalid` for what is longer than the firmware takes. */
export function encodeHttpsBoot(boot: HttpsBoot): EncodedBoot {
  const { serverName, login } = boot;
  const values: readonly (readonly [Kind, ParameterValue | undefined])[] = [
    ['httpsUrl', boot.url],
    [hashKind('imageSha', boot.imageHash), boot.imageHash],
    ['loadData', boot.loadData],
    ['syncRootCertificates', boot.syncRootCertificates === true ? 1 : undefined],
    ['serverName', serverName?.name],
    ['serverNameMethod', serverName && nameMethods[serverName.match]],
    [hashKind('serverSha', boot.serverHash), boot.serverHash],
    ['timeout', boot.requestTimeout],
    ['user', login?.user],
    ['password', login?.password.reveal()],
  ];
  const parameters = values.flatMap(([kind, value]) =>
    value === undefined ? [] : [uefiBootParameter(recoveryParameters[kind], value)],
  );
  return { bytes: encodeUefiBootParameters(parameters), count: parameters.length };
}

function hashKind<Of extends 'imageSha' | 'serverSha'>(
  of: Of,
  hash: Uint8Array | undefined,
): `${Of}${256 | 384 | 512}` {
  const bits = (hash?.length ?? 32) * 8;
  if (bits === 256 || bits === 384 || bits === 512) return `${of}${bits}`;
  throw new SidebandError('usage.invalid', `a hash of ${bits} bits is no SHA-256, SHA-384 or SHA-512`);
}
