/** An element of DER, X.690: one byte of tag, then the length. */
export interface DerElement {
  readonly tag: number;
  /** With tag and length. */
  readonly whole: Buffer;
  readonly content: Buffer;
}

export const DerTag = { bitString: 0x03, nothing: 0x05, objectIdentifier: 0x06, sequence: 0x30 } as const;

/** The elements one after the other; nothing when they do not fill the bytes. */
export function readDer(bytes: Buffer): readonly DerElement[] | undefined {
  const found: DerElement[] = [];
  let at = 0;
  while (at < bytes.length) {
    const element = readElement(bytes, at);
    if (!element) return undefined;
    found.push(element);
    at += element.whole.length;
  }
  return found;
}

export function writeDer(tag: number, ...content: readonly Uint8Array[]): Buffer {
  const inside = Buffer.concat(content);
  return Buffer.concat([Buffer.from([tag]), writeLength(inside.length), inside]);
}

function readElement(bytes: Buffer, at: number): DerElement | undefined {
  const [tag, first] = [bytes[at], bytes[at + 1]];
  if (tag === undefined || first === undefined) return undefined;
  const lengthBytes = first < 0x80 ? 0 : first - 0x80;
  const start = at + 2 + lengthBytes;
  if (first === 0x80 || lengthBytes > 3 || start > bytes.length) return undefined;
  const length = lengthBytes === 0 ? first : bytes.readUIntBE(at + 2, lengthBytes);
  const end = start + length;
  return end > bytes.length ? undefined : { tag, whole: bytes.subarray(at, end), content: bytes.subarray(start, end) };
}

function writeLength(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length]);
  const bytes = Buffer.alloc(3);
  bytes.writeUIntBE(length, 0, 3);
  const shortest = bytes.subarray(bytes.findIndex((byte) => byte > 0));
  return Buffer.concat([Buffer.from([0x80 + shortest.length]), shortest]);
}
