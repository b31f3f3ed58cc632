import { isAbsolute, join, relative, sep } from 'node:path';
import { SidebandError } from '../base/errors';
import { folderName } from './folder';
import { readBounded } from './readBounded';

/** More than the longest list of authorities. */
const bounds = { largest: 4 * 1024 * 1024, hint: 'A profile in fleet.yaml names this file.' };

/**
 * Reads the files that a profile names: from the folder's `.sideband`, or by an absolute path. Rejects with `file.missing`, or with
 * `file.invalid` for what leads out of the folder, is no file or is too large.
 */
export function folderReader(folder: string): (name: string) => Promise<string> {
  const home = join(folder, folderName);
  return async (name) => readBounded(isAbsolute(name) ? name : inside(home, name), bounds);
}

function inside(home: string, name: string): string {
  const path = join(home, name);
  const way = relative(home, path);
  if (way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)) return path;
  const hint = 'Name a file in .sideband, or give its whole path.';
  throw new SidebandError('file.invalid', `${name} leads out of ${home}`, { hint });
}
