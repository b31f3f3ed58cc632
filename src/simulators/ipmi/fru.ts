/** What the board says of itself. */
export interface FruTexts {
  readonly maker: string;
  readonly product: string;
  readonly serial: string;
}

const length = 256;
const minutesSince1996 = 14_730_000;

/** A FRU image with chassis, board and product area. IPMI Platform Management FRU Information Storage Definition v1.0. */
export function fruImage({ maker, product, serial }: FruTexts): Buffer {
  const made = [minutesSince1996 & 0xff, (minutesSince1996 >> 8) & 0xff, minutesSince1996 >> 16];
  const areas = [
    area([0x17], ['CH-1U', `C${serial}`]),
    area([25, ...made], [maker, `${product} Board`, `B${serial}`, 'PN-0042', '']),
    area([25], [maker, product, 'M-100', '1.0', serial, '', '']),
  ];
  const image = Buffer.alloc(length);
  image[0] = 1;
  let offset = 8;
  for (const [index, bytes] of areas.entries()) {
    image[2 + index] = offset / 8;
    bytes.copy(image, offset);
    offset += bytes.length;
  }
  image[7] = checksum(image.subarray(0, 7));
  return image;
}

function area(start: readonly number[], texts: readonly string[]): Buffer {
  const fields = texts.flatMap((text) => [0xc0 | text.length, ...Buffer.from(text, 'latin1')]);
  const content = [1, 0, ...start, ...fields, 0xc1];
  const bytes = Buffer.alloc(8 * Math.ceil((content.length + 1) / 8));
  bytes.set(content);
  bytes[1] = bytes.length / 8;
  bytes[bytes.length - 1] = checksum(bytes);
  return bytes;
}

/** What makes the sum zero. */
function checksum(bytes: Buffer): number {
  return -bytes.reduce((sum, byte) => sum + byte, 0) & 0xff;
}
