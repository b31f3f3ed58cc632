/** One parameter of a boot that the firmware carries out itself: AMT_BootSettingData.UefiBootParametersArray. */
export interface UefiParameter {
  readonly type: number;
  readonly value: Buffer;
}

const headerBytes = 8;
const intel = 0x8086;
/** The longest value by type. */
const mostBytes = new Map([
  [1, 300],
  [2, 300],
  [3, 2],
  [4, 32],
  [5, 48],
  [6, 64],
  [10, 64],
  [20, 64],
  [21, 256],
  [22, 2],
  [23, 32],
  [24, 48],
  [25, 64],
  [30, 500],
  [40, 16],
  [41, 16],
]);

/** Takes apart `u16le vendor, u16le type, u32le length, value` and so on; nothing for anything else. */
export function readUefiParameters(base64: string): readonly UefiParameter[] | undefined {
  const bytes = Buffer.from(base64, 'base64');
  const found: UefiParameter[] = [];
  for (let at = 0; at < bytes.length;) {
    if (bytes.length - at < headerBytes) return undefined;
    const type = bytes.readUInt16LE(at + 2);
    const length = bytes.readUInt32LE(at + 4);
    const end = at + headerBytes + length;
    if (bytes.readUInt16LE(at) !== intel || end > bytes.length || length > (mostBytes.get(type) ?? -1))
      return undefined;
    found.push({ type, value: bytes.subarray(at + headerBytes, end) });
    at = end;
  }
  return found;
}
