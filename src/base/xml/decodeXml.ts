import { SidebandError } from '../errors';

const utf8 = new TextDecoder('utf-8', { fatal: true });

export type XmlEncoding = 'utf-8' | 'utf-16';

/** How the bytes of a document were read, which its declaration must agree with. */
export interface DecodedXml {
  readonly text: string;
  readonly encoding: XmlEncoding;
}

/** UTF-16 by its byte order mark, otherwise UTF-8 with or without one; XML 1.0 appendix F. Throws `protocol.invalid`. */
export function decodeXml(bytes: Uint8Array): DecodedXml {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return { text: decodeWith('utf-16le', bytes), encoding: 'utf-16' };
  if (first === 0xfe && second === 0xff) return { text: decodeWith('utf-16be', bytes), encoding: 'utf-16' };
  return { text: decodeWith('utf-8', bytes), encoding: 'utf-8' };
}

function decodeWith(label: 'utf-8' | 'utf-16le' | 'utf-16be', bytes: Uint8Array): string {
  try {
    return (label === 'utf-8' ? utf8 : new TextDecoder(label, { fatal: true })).decode(bytes);
  } catch (cause) {
    throw new SidebandError('protocol.invalid', `XML: the document is not ${label.toUpperCase()}`, {}, cause);
  }
}
