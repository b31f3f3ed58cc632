import type { Disposable } from '../base/disposables';

const gatherMs = 200;

/** Collects values and hands them over together, at most five times a second. */
export class Gather<T> implements Disposable {
  readonly #deliver: (values: ReadonlySet<T>) => void;
  #values = new Set<T>();
  #timer: NodeJS.Timeout | undefined;

  constructor(deliver: (values: ReadonlySet<T>) => void) {
    this.#deliver = deliver;
  }

  add(...values: readonly T[]): void {
    for (const value of values) this.#values.add(value);
    this.#timer ??= setTimeout(() => {
      const gathered = this.#values;
      this.#values = new Set();
      this.#timer = undefined;
      this.#deliver(gathered);
    }, gatherMs);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#values.clear();
  }
}
