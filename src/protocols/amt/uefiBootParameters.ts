import { ByteReader, concatBytes, le32 } from '../../base/bytes';
import { SidebandError } from '../../base/errors';

/** UefiBootParametersArray of AMT_BootSettingData: type, length, value, one after the other. */

const intel = 0x8086;

/** Of One Click Recovery: boot from HTTPS or from a UEFI file. */
export const recoveryParameters = {
  httpsUrl: { type: 1, most: 300 },
  filePath: { type: 2, most: 300 },
  /** Of `filePath`, two bytes. */
  filePathLength: { type: 3, most: 2 },
  imageSha256: { type: 4, most: 32 },
  imageSha384: { type: 5, most: 48 },
  imageSha512: { type: 6, most: 64 },
  loadData: { type: 10, most: 50 },
  /** One byte: take the root certificates from the device's store. */
  syncRootCertificates: { type: 20, most: 1 },
  serverName: { type: 21, most: 256 },
  /** Two bytes: 1 full name, 2 domain suffix, 3 other. */
  serverNameMethod: { type: 22, most: 2 },
  serverSha256: { type: 23, most: 32 },
  serverSha384: { type: 24, most: 48 },
  serverSha512: { type: 25, most: 64 },
  /** Two bytes, seconds; 0 the usual. */
  timeout: { type: 30, most: 2 },
  user: { type: 40, most: 16 },
  password: { type: 41, most: 16 },
} as const;

/** Of Remote Platform Erase. */
export const eraseParameters = {
  /** Four bytes, a bit for each thing to erase. */
  devices: { type: 1, most: 4 },
  psid: { type: 10, most: 64 },
  drivePassword: { type: 20, most: 64 },
  oem: { type: 30, most: 500 },
} as const;

/** The bits of `devices`, also those of AMT_BootCapabilities.PlatformErase, whose bit 0 says that there is any. */
export const eraseDevices = {
  pyriteRevert: 1,
  allDrives: 2,
  verifyErase: 3,
  clearTpm: 6,
  oemCustom: 16,
  biosVariables: 25,
  biosGoldenConfiguration: 26,
  unconfigureCsme: 31,
} as const;

export interface UefiBootParameter {
  readonly vendor: number;
  readonly type: number;
  readonly value: Uint8Array;
}

/** A value to send: texts as UTF-8, numbers least significant byte first in as many bytes as the parameter has. */
export type ParameterValue = string | number | Uint8Array;

/** Throws `usage.invalid` for a value that is too long. */
export function uefiBootParameter(
  kind: { readonly type: number; readonly most: number },
  value: ParameterValue,
): UefiBootParameter {
  const bytes = toBytes(value, kind.most);
  if (bytes.length > kind.most) {
    throw new SidebandError(
      'usage.invalid',
      `a boot parameter of ${bytes.length} bytes, where ${kind.most} are allowed`,
    );
  }
  return { vendor: intel, type: kind.type, value: bytes };
}

export function encodeUefiBootParameters(parameters: readonly UefiBootParameter[]): Uint8Array {
  return concatBytes(
    ...parameters.flatMap(({ vendor, type, value }) => [
      Uint8Array.of(vendor, vendor >>> 8, type, type >>> 8),
      le32(value.length),
      value,
    ]),
  );
}

/** Throws `protocol.truncated` when a parameter is longer than what is left. */
export function decodeUefiBootParameters(bytes: Uint8Array): readonly UefiBootParameter[] {
  const reader = new ByteReader(bytes);
  const parameters: UefiBootParameter[] = [];
  while (reader.remaining > 0) {
    const vendor = reader.u16le();
    const type = reader.u16le();
    parameters.push({ vendor, type, value: reader.bytes(reader.u32le()) });
  }
  return parameters;
}

function toBytes(value: ParameterValue, width: number): Uint8Array {
  if (typeof value === 'string') return new TextEncoder().encode(value);
  return typeof value === 'number' ? le32(value).subarray(0, width) : value;
}
