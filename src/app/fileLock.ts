import { rm, stat, writeFile } from 'node:fs/promises';
import { SidebandError } from '../base/errors';
import { sleep } from '../base/sleep';

const askEveryMs = 10;
const waitMs = 5_000;
/** Who holds a lock needs milliseconds: one that is older was left behind by a crash. */
const staleMs = 10_000;

/** Does something while no other process of this user does it, for as long as all of them ask for the same lock file. */
export async function withFileLock<Result>(lockFile: string, act: () => Result | Promise<Result>): Promise<Result> {
  await lock(lockFile);
  try {
    return await act();
  } finally {
    await rm(lockFile, { force: true });
  }
}

async function lock(lockFile: string): Promise<void> {
  const patience = new AbortController().signal;
  for (const until = performance.now() + waitMs; ;) {
    try {
      await writeFile(lockFile, `${process.pid}\n`, { flag: 'wx', mode: 0o600 });
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    if (await isStale(lockFile)) await rm(lockFile, { force: true });
    else if (performance.now() > until) {
      const hint = `Another process of Sideband holds it; when none runs, remove ${lockFile}.`;
      throw new SidebandError('file.invalid', `${lockFile} stays locked`, { hint });
    } else await sleep(askEveryMs, patience);
  }
}

async function isStale(lockFile: string): Promise<boolean> {
  try {
    return Date.now() - (await stat(lockFile)).mtimeMs > staleMs;
  } catch {
    return false;
  }
}
