import { type FSWatcher, watch } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import type { Disposable } from '../../base/disposables';

const settleMs = 500;

/** Tells when a process, this or another, has written to the ledger in the state folder. */
export class LedgerWatch implements Disposable {
  readonly #onChange: () => void;
  #watcher: FSWatcher | undefined;
  #timer: NodeJS.Timeout | undefined;
  #disposed = false;

  constructor(stateFolder: string, onChange: () => void) {
    this.#onChange = onChange;
    void this.#begin(stateFolder);
  }

  dispose(): void {
    this.#disposed = true;
    clearTimeout(this.#timer);
    this.#watcher?.close();
  }

  /** Where a folder cannot be watched, the view still reads the ledger whenever it is shown. */
  async #begin(stateFolder: string): Promise<void> {
    try {
      await mkdir(stateFolder, { recursive: true, mode: 0o700 });
      if (this.#disposed) return;
      this.#watcher = watch(stateFolder, { persistent: false }, (_, file) => {
        if (file?.startsWith('ledger.') !== false) this.#settle();
      });
      this.#watcher.on('error', () => this.#watcher?.close());
    } catch {
      this.#watcher?.close();
    }
  }

  /** Writes come in bursts; one look every half second is enough. */
  #settle(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#onChange();
    }, settleMs);
  }
}
