import { type FSWatcher, watch } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { sleep } from '../base/sleep';
import { folderName } from './folder';

export interface FolderWatchOptions {
  readonly folder: string;
  /** Called after changes, one call at a time. It must not reject. */
  readonly onChange: () => Promise<void>;
  /** How often files are looked at although nothing was told: not every file system tells. In milliseconds. */
  readonly pollMs?: number;
  /** How long changes are gathered before they are looked at, in milliseconds. */
  readonly settleMs?: number;
}

/** What Sideband writes into the folder itself, and reads for no plan. */
const ownFolders = ['snapshots'];

/**
 * Tells when files in `.sideband` of a folder have changed since it resolved, also where there is no such folder yet. Polls where it
 * cannot watch.
 */
export async function watchFolder(options: FolderWatchOptions): Promise<AsyncDisposable> {
  const home = join(options.folder, folderName);
  return new FolderWatch(home, options, await fingerprint(home));
}

class FolderWatch implements AsyncDisposable {
  readonly #home: string;
  readonly #options: FolderWatchOptions;
  readonly #loop: Promise<void>;
  readonly #ended = new AbortController();
  #wake = new AbortController();
  #isTold = false;
  #watcher: FSWatcher | undefined;

  constructor(home: string, options: FolderWatchOptions, known: string | undefined) {
    this.#home = home;
    this.#options = options;
    this.#watch();
    this.#loop = this.#go(known);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#ended.abort();
    this.#wake.abort();
    await this.#loop;
    this.#unwatch();
  }

  async #go(before: string | undefined): Promise<void> {
    let known = before;
    for (;;) {
      await this.#untilTold();
      if (this.#ended.signal.aborted) return;
      const now = await fingerprint(this.#home);
      // A folder that comes again is another one than what was watched.
      if (now === undefined) this.#unwatch();
      else this.#watch();
      if (now !== known) await this.#options.onChange();
      known = now;
    }
  }

  /** Until something may have changed. What was told while the last change was handled is not waited for. */
  async #untilTold(): Promise<void> {
    const { pollMs = 10_000, settleMs = 300 } = this.#options;
    this.#wake = new AbortController();
    if (!this.#isTold && !this.#ended.signal.aborted) await sleep(pollMs, this.#wake.signal).catch(() => undefined);
    if (this.#isTold) await sleep(settleMs, this.#ended.signal).catch(() => undefined);
    this.#isTold = false;
  }

  #watch(): void {
    if (this.#watcher) return;
    try {
      this.#watcher = watch(this.#home, { recursive: true }, () => {
        this.#isTold = true;
        this.#wake.abort();
      });
      this.#watcher.on('error', () => {
        this.#unwatch();
      });
    } catch {
      this.#unwatch();
    }
  }

  #unwatch(): void {
    this.#watcher?.close();
    this.#watcher = undefined;
  }
}

/** What changes with any file; nothing where there is no folder. */
async function fingerprint(home: string): Promise<string | undefined> {
  try {
    const entries = await readdir(home, { recursive: true, withFileTypes: true });
    const files = entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((file) => !ownFolders.some((own) => file.startsWith(join(home, own))))
      .sort();
    return (await Promise.all(files.map(describeFile))).join('\n');
  } catch {
    return undefined;
  }
}

async function describeFile(file: string): Promise<string> {
  const about = await stat(file).catch(() => undefined);
  return `${file} ${about?.ino ?? ''} ${about?.size ?? ''} ${about?.mtimeMs ?? ''}`;
}
