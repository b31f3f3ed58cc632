import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openCache } from '../../../src/app/cache';
import { temporaryFolder } from '../../fakes/temporaryFolder';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => {
  vi.useRealTimers();
  folder[Symbol.dispose]();
});

const file = (): string => join(folder.path, 'state', 'cache.sqlite');

test('what one process keeps another finds, until it is replaced', () => {
  using first = openCache(file());
  using second = openCache(file());
  expect(first.get('a')).toBeUndefined();
  first.set('a', Uint8Array.of(1, 2));
  expect(second.get('a')).toEqual(Uint8Array.of(1, 2));
  second.set('a', Uint8Array.of(3));
  expect(first.get('a')).toEqual(Uint8Array.of(3));
});

test('the file is for this user alone', () => {
  using cache = openCache(file());
  cache.set('a', Uint8Array.of(1));
  expect(statSync(file()).mode & 0o777).toBe(0o600);
});

test('what nobody renewed for three months is forgotten', () => {
  vi.useFakeTimers({ now: new Date('2026-01-01') });
  {
    using cache = openCache(file());
    cache.set('a', Uint8Array.of(1));
  }
  vi.setSystemTime(new Date('2026-04-15'));
  using cache = openCache(file());
  expect(cache.get('a')).toBeUndefined();
});

test('a file that is no database, and a cache that is closed, keep nothing and fail nobody', () => {
  const broken = join(folder.path, 'broken');
  writeFileSync(
    broken,
    'not a database at all, but longer than a header of one hundred bytes, which is where SQLite looks first.',
  );
  const cache = openCache(broken);
  cache.set('a', Uint8Array.of(1));
  expect(cache.get('a')).toBeUndefined();
  cache[Symbol.dispose]();
  const closed = openCache(file());
  closed[Symbol.dispose]();
  closed.set('a', Uint8Array.of(1));
  expect(closed.get('a')).toBeUndefined();
});
