import { SidebandError } from './errors';

const alphabet = /^[A-Za-z0-9+/]*={0,2}$/;

export function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

/** RFC 4648 section 4; white space between the digits is skipped. Throws `protocol.invalid`. */
export function fromBase64(text: string): Uint8Array {
  const digits = text.replace(/[ \t\r\n]+/g, '');
  if (digits.length % 4 !== 0 || !alphabet.test(digits)) {
    throw new SidebandError('protocol.invalid', 'the text is not base64');
  }
  return Uint8Array.from(atob(digits), (character) => character.charCodeAt(0));
}
