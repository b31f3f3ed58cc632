import type { Pins } from '../technologies/technology';

/** stub */
export function openPins(_file: string): Pins {
  return { get: () => undefined, pin: () => Promise.resolve() };
}
