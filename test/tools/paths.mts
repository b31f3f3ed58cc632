import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '../..');

/** What a build or a run leaves behind; ignored by git. */
export const inOut = (...path: readonly string[]): string => join(root, 'out', ...path);

export const vsixFile = inOut('sideband.vsix');

/** Downloads that outlive a clean checkout. */
export function cacheFolder(): string {
  const base = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache');
  return join(base, 'sideband-dev');
}
