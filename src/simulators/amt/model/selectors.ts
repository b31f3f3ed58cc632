import type { Keys, Properties, Reference, Value } from './values';

/** Whether an instance has all these keys; those that are not given may be anything. */
export function matches(instance: Properties, selectors: Keys): boolean {
  return Object.entries(selectors).every(([name, wanted]) => isSame(instance[name], wanted));
}

function isSame(value: Value | undefined, wanted: string | Reference): boolean {
  if (value === undefined) return false;
  if (typeof wanted === 'string') return typeof value !== 'object' && String(value) === wanted;
  return isReference(value) && value.className === wanted.className && matches(value.keys, wanted.keys);
}

export function isReference(value: Value | undefined): value is Reference {
  return typeof value === 'object' && 'className' in value;
}

/** The values of an instance's keys, as selectors have them. */
export function keysOf(instance: Properties, names: readonly string[]): Keys {
  const keys = names.flatMap((name): [string, string | Reference][] => {
    const value = instance[name];
    if (isReference(value)) return [[name, value]];
    return value === undefined || typeof value === 'object' ? [] : [[name, String(value)]];
  });
  return Object.fromEntries(keys);
}

/** The value of a key that is text or a number. */
export function keyText(instance: Properties, name: string): string {
  const value = instance[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
