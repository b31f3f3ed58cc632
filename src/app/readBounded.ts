import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { SidebandError } from '../base/errors';

export interface Bounds {
  /** In bytes. */
  readonly largest: number;
  /** What to do where the file is not there or cannot be read. */
  readonly hint: string;
}

/** A pipe that nobody writes to would keep us waiting for ever. Windows knows no such flag. */
const withoutWaiting = constants.O_RDONLY | ((constants.O_NONBLOCK as number | undefined) ?? 0);

/** The text of a file that others have named. Rejects with `file.missing`, or with `file.invalid` for what is no file or is too large. */
export async function readBounded(path: string, { largest, hint }: Bounds): Promise<string> {
  try {
    await using file = await open(path, withoutWaiting);
    const stat = await file.stat();
    if (!stat.isFile()) throw new SidebandError('file.invalid', `${path} is no file`, { hint });
    if (stat.size > largest) {
      throw new SidebandError('file.invalid', `${path} is larger than ${largest / 1024 / 1024} MiB`, { hint });
    }
    return await file.readFile('utf8');
  } catch (thrown) {
    if (thrown instanceof SidebandError) throw thrown;
    const { code, message } = thrown as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      throw new SidebandError('file.missing', `there is no file ${path}`, { hint }, thrown);
    }
    throw new SidebandError('file.invalid', `${path} cannot be read: ${message}`, { hint }, thrown);
  }
}
