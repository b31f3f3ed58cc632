import { open } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';
import { SidebandError } from '../base/errors';
import { folderName } from './folder';

/** More than the longest list of authorities. */
const largest = 4 * 1024 * 1024;

/**
 * Reads the files that a profile names: from the folder's `.sideband`, or by an absolute path. Rejects with `file.missing`, or with
 * `file.invalid` for what leads out of the folder, is no file or is too large.
 */
export function folderReader(folder: string): (name: string) => Promise<string> {
  const home = join(folder, folderName);
  return async (name) => {
    const path = isAbsolute(name) ? name : inside(home, name);
    try {
      await using file = await open(path, 'r');
      const stat = await file.stat();
      if (!stat.isFile() || stat.size > largest) throw new SidebandError('file.invalid', `${path} is no such file`);
      return await file.readFile('utf8');
    } catch (thrown) {
      throw explain(path, thrown);
    }
  };
}

function inside(home: string, name: string): string {
  const path = join(home, name);
  const way = relative(home, path);
  if (way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)) return path;
  const hint = 'Name a file in .sideband, or give its whole path.';
  throw new SidebandError('file.invalid', `${name} leads out of ${home}`, { hint });
}

function explain(path: string, thrown: unknown): SidebandError {
  if (thrown instanceof SidebandError) return thrown;
  const { code, message } = thrown as NodeJS.ErrnoException;
  const hint = 'A profile in fleet.yaml names this file.';
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new SidebandError('file.missing', `there is no file ${path}`, { hint }, thrown);
  }
  return new SidebandError('file.invalid', `${path} cannot be read: ${message}`, { hint }, thrown);
}
