/** Written in capitals, however a name has them. */
const abbreviations = new Set(
  'amt bios bmc cmos dhcp dns guid id ide ip ipmi kvm mac os pxe rmcp snmp sol ssid tls uefi url uuid vlan'.split(' '),
);
const suffixes: readonly (readonly [end: RegExp, text: string])[] = [
  [/Ms$/, ' (ms)'],
  [/Seconds$/, ' (s)'],
  [/Of$/, ' of profile'],
];

/** A readable name inside a sentence: small, unless it begins with an abbreviation. */
export function insideSentence(label: string): string {
  return /^[A-Z](?![A-Z])/.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label;
}

/** A parameter's name as people read it: `urlPasswordOf` is `URL password of profile`, `timeoutMs` is `Timeout (ms)`. */
export function readableName(name: string): string {
  const [end, ending] = suffixes.find(([pattern]) => pattern.test(name)) ?? [/$/, ''];
  const words = name
    .replace(end, '')
    .replace(/([a-z])(?=[A-Z\d])/g, '$1 ')
    .split(' ')
    .map((word) => (abbreviations.has(word.toLowerCase()) ? word.toUpperCase() : word.toLowerCase()));
  const text = words.join(' ');
  return text.charAt(0).toUpperCase() + text.slice(1) + ending;
}

/** A text in which parameters are called by their readable names where it is plain that they are meant: `url`, urlUser. */
export function withReadableNames(text: string, names: readonly string[]): string {
  return text.replace(/`(\w+)`|\b[a-z]+[A-Z]\w*/g, (found: string, quoted: string = found) =>
    names.includes(quoted) ? `“${readableName(quoted)}”` : found,
  );
}
