import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { SidebandError } from '../base/errors';
import { formatSnapshot, parseSnapshot, type Snapshot } from '../jobs/snapshots/snapshot';
import { folderName } from './folder';

/** Where the snapshot of a computer lies: `.sideband/snapshots/lab-01.yaml`. A URL's characters that no file has are written as %3A. */
export function snapshotFile(folder: string, computer: string): string {
  const name = computer.replace(/^\.|[^\w.-]/g, (character) => encodeURIComponent(character).replace(/^\.$/, '%2E'));
  return join(folder, folderName, 'snapshots', `${name}.yaml`);
}

/** The kept snapshot; nothing when none was taken. Rejects with `file.invalid`. */
export async function readSnapshot(folder: string, computer: string): Promise<Snapshot | undefined> {
  const file = snapshotFile(folder, computer);
  const text = await readText(file);
  return text === undefined ? undefined : parseSnapshot(text, file);
}

/** Keeps a snapshot. An unchanged file is not written. Rejects with `file.invalid`. */
export async function writeSnapshot(folder: string, snapshot: Snapshot): Promise<'written' | 'unchanged'> {
  const file = snapshotFile(folder, snapshot.computer);
  const text = formatSnapshot(snapshot);
  if ((await readText(file)) === text) return 'unchanged';
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(`${file}.new`, text);
    await rename(`${file}.new`, file);
  } catch (thrown) {
    throw new SidebandError('file.invalid', `${file} cannot be written: ${(thrown as Error).message}`, {}, thrown);
  }
  return 'written';
}

async function readText(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (thrown) {
    const { code, message } = thrown as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new SidebandError('file.invalid', `${file} cannot be read: ${message}`, {}, thrown);
  }
}
