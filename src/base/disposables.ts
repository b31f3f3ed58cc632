export interface Disposable {
  dispose(): void;
}

/** Owns what it is given; what is added after disposal is disposed of at once. */
export class DisposableStore implements Disposable {
  readonly #owned = new Set<Disposable>();
  #disposed = false;

  add<T extends Disposable>(disposable: T): T {
    if (this.#disposed) disposable.dispose();
    else this.#owned.add(disposable);
    return disposable;
  }

  dispose(): void {
    this.#disposed = true;
    const owned = [...this.#owned];
    this.#owned.clear();
    for (const disposable of owned) disposable.dispose();
  }
}
