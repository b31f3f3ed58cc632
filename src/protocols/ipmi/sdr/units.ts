import type { Unit } from './record';

/** Unit codes, IPMI v2.0 table 43-15, as far as sensors use them. */
const units: Readonly<Record<number, string>> = {
  1: '°C',
  2: '°F',
  3: 'K',
  4: 'V',
  5: 'A',
  6: 'W',
  7: 'J',
  9: 'VA',
  17: 'CFM',
  18: 'RPM',
  19: 'Hz',
  20: 'µs',
  21: 'ms',
  22: 's',
  23: 'min',
  24: 'h',
};
const rates = ['', '/µs', '/ms', '/s', '/min', '/h', '/day', ''];

/** `V`, `%`, `J/s`; empty where the sensor names none. */
export function unitText({ base, modifier, modifierUse, rate, percent }: Unit): string {
  if (percent) return '%';
  const name = (code: number): string => units[code] ?? (code === 0 ? '' : `unit ${code}`);
  const joint = ['', '/', '·', ''][modifierUse] ?? '';
  return name(base) + (joint === '' ? '' : joint + name(modifier)) + (rates[rate] ?? '');
}
