import type { Cache } from '../../src/base/cache';

/** A cache that keeps nothing. */
export const noCache: Cache = { get: () => undefined, set: () => undefined };

export function memoryCache(): Cache {
  const kept = new Map<string, Uint8Array>();
  return { get: (key) => kept.get(key), set: (key, value) => void kept.set(key, value.slice()) };
}
