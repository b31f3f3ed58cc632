const bcdPlus = '0123456789 -.:,_';

/** A string behind a type/length byte, IPMI v2.0 section 43.15; for FRU data, FRU Information Storage Definition section 13. */
export function decodeTypeLength(typeLength: number, bytes: Uint8Array, kind: 'sdr' | 'fru'): string {
  switch (typeLength >> 6) {
    case 1:
      return [...bytes].map((byte) => (bcdPlus[byte >> 4] ?? '') + (bcdPlus[byte & 0x0f] ?? '')).join('');
    case 2:
      return sixBitAscii(bytes);
    case 3:
      return trim(String.fromCharCode(...bytes));
    default:
      return kind === 'sdr'
        ? trim(utf16(bytes))
        : [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  }
}

/** Four characters in three bytes, the least significant bits first. */
function sixBitAscii(bytes: Uint8Array): string {
  let text = '';
  for (let bit = 0; bit + 6 <= 8 * bytes.length; bit += 6) {
    const pair = (bytes[bit >> 3] ?? 0) | ((bytes[(bit >> 3) + 1] ?? 0) << 8);
    text += String.fromCharCode(0x20 + ((pair >> (bit & 7)) & 0x3f));
  }
  return trim(text);
}

function utf16(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at + 1 < bytes.length; at += 2) {
    text += String.fromCharCode((bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8));
  }
  return text;
}

/** Without what controllers fill up with. */
function trim(text: string): string {
  return text.replace(/[\0 ]+$/, '');
}
