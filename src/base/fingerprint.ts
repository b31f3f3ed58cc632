/** `AB:CD:…`, as people compare it: from hexadecimal digits. */
export function formatFingerprint(hex: string): string {
  return (hex.toUpperCase().match(/../g) ?? []).join(':');
}
