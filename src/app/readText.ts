import { readFile } from 'node:fs/promises';
import { SidebandError } from '../base/errors';

/** The text of a file, or nothing when there is none. Rejects with `file.invalid` when it exists and cannot be read. */
export async function readText(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new SidebandError('file.invalid', `${file} cannot be read: ${message}`, {}, error);
  }
}
