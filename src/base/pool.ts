import type { Disposable } from './disposables';

/** So many begin at once. More cost memory, and win nothing while the processor is the limit. */
const atFirst = 256;

/** A place in the pool. Giving it up early lets the next item begin while this one goes on. */
export interface Slot {
  readonly release: () => void;
  /** After `release`: waits for a place again, before what has not begun. Does nothing while the place is still held. */
  readonly retake: () => Promise<void>;
}

export interface PoolOptions<Item> {
  readonly concurrency: number;
  /** Calls now and then, as long as the process mostly waits. With it, a concurrency above 256 is reached step by step. */
  readonly whileWaiting?: (act: () => void) => Disposable;
  /** How many with the same key may be under way at once, and what the key is. */
  readonly perKey?: { readonly limit: number; key(item: Item): string };
  /** Resolves when an item may begin, or when it is to be asked again; nothing when it may. Asked of the next one of a key. */
  readonly untilDue?: (item: Item) => Promise<void> | undefined;
}

/**
 * Works on all items, within the limits, in their order as far as the limits allow. Resolves when every work has ended;
 * a rejection is a defect of `work` and rejects the whole.
 */
export async function runPool<Item>(
  items: readonly Item[],
  options: PoolOptions<Item>,
  work: (item: Item, slot: Slot) => Promise<void>,
): Promise<void> {
  if (items.length > 0) await new Pool(items, options, work).run();
}

/** The items of one key, in their order. */
interface Lane<Item> {
  readonly items: readonly Item[];
  next: number;
  free: number;
  /** Those that gave up their place and want one again. */
  readonly returning: (() => void)[];
  isOffered: boolean;
  isWaiting: boolean;
}

class Pool<Item> {
  readonly #options: PoolOptions<Item>;
  readonly #work: (item: Item, slot: Slot) => Promise<void>;
  readonly #lanes: readonly Lane<Item>[];
  /** Those with somebody who can use a place now. */
  readonly #offered: Lane<Item>[] = [];
  readonly #ended = Promise.withResolvers<undefined>();
  #free: number;
  #reserve: number;
  #unfinished: number;
  #isFilling = false;

  constructor(items: readonly Item[], options: PoolOptions<Item>, work: (item: Item, slot: Slot) => Promise<void>) {
    const concurrency = Math.min(Math.max(1, options.concurrency), items.length);
    this.#options = options;
    this.#work = work;
    this.#lanes = makeLanes(items, options);
    this.#free = options.whileWaiting ? Math.min(concurrency, atFirst) : concurrency;
    this.#reserve = concurrency - this.#free;
    this.#unfinished = items.length;
  }

  async run(): Promise<void> {
    for (const lane of this.#lanes) this.#offer(lane);
    this.#fill();
    const widening =
      this.#reserve > 0
        ? this.#options.whileWaiting?.(() => {
            this.#widen();
          })
        : undefined;
    try {
      await this.#ended.promise;
    } finally {
      widening?.dispose();
    }
  }

  #widen(): void {
    const more = Math.min(this.#reserve, atFirst);
    this.#reserve -= more;
    this.#free += more;
    this.#fill();
  }

  #fill(): void {
    if (this.#isFilling) return;
    this.#isFilling = true;
    while (this.#free > 0) {
      const lane = this.#offered.shift();
      if (!lane) break;
      this.#serve(lane);
    }
    this.#isFilling = false;
  }

  #offer(lane: Lane<Item>): void {
    if (lane.isOffered || !this.#canUsePlace(lane)) return;
    lane.isOffered = true;
    this.#offered.push(lane);
  }

  #canUsePlace(lane: Lane<Item>): boolean {
    if (lane.free === 0) return false;
    if (lane.returning.length > 0) return true;
    if (lane.isWaiting || lane.next === lane.items.length) return false;
    const due = this.#options.untilDue?.(lane.items[lane.next] as Item);
    if (!due) return true;
    lane.isWaiting = true;
    due.then(() => {
      lane.isWaiting = false;
      this.#offer(lane);
      this.#fill();
    }, this.#ended.reject);
    return false;
  }

  /** Gives a place to the lane, and leaves the lane in front while it can use another. */
  #serve(lane: Lane<Item>): void {
    this.#free--;
    lane.free--;
    const comeBack = lane.returning.shift();
    const item = comeBack ? undefined : (lane.items[lane.next++] as Item);
    lane.isOffered = this.#canUsePlace(lane);
    if (lane.isOffered) this.#offered.unshift(lane);
    if (comeBack) comeBack();
    else this.#begin(lane, item as Item);
  }

  #begin(lane: Lane<Item>, item: Item): void {
    let held = true;
    const release = (): void => {
      if (!held) return;
      held = false;
      this.#free++;
      lane.free++;
      this.#offer(lane);
      this.#fill();
    };
    const retake = async (): Promise<void> => {
      if (held) return;
      const back = Promise.withResolvers<undefined>();
      lane.returning.push(() => {
        held = true;
        back.resolve(undefined);
      });
      this.#offer(lane);
      this.#fill();
      await back.promise;
    };
    this.#work(item, { release, retake }).then(() => {
      release();
      if (--this.#unfinished === 0) this.#ended.resolve(undefined);
    }, this.#ended.reject);
  }
}

function makeLanes<Item>(items: readonly Item[], { perKey }: PoolOptions<Item>): readonly Lane<Item>[] {
  if (!perKey || perKey.limit === Infinity) return [makeLane(items, Infinity)];
  const byKey = new Map<string, Item[]>();
  for (const item of items) {
    const key = perKey.key(item);
    const lane = byKey.get(key);
    if (lane) lane.push(item);
    else byKey.set(key, [item]);
  }
  return [...byKey.values()].map((lane) => makeLane(lane, Math.max(1, perKey.limit)));
}

function makeLane<Item>(items: readonly Item[], free: number): Lane<Item> {
  return { items, next: 0, free, returning: [], isOffered: false, isWaiting: false };
}
