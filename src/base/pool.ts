import type { Disposable } from './disposables';

/** So many begin at once. More cost memory, and win nothing while the processor is the limit. */
const atFirst = 256;

/** A place in the pool. Giving it up early lets the next item begin while this one goes on. */
export interface Slot {
  readonly release: () => void;
}

export interface PoolOptions<Item> {
  readonly concurrency: number;
  /** Calls now and then, as long as the process mostly waits. With it, a concurrency above 256 is reached step by step. */
  readonly whileWaiting?: (act: () => void) => Disposable;
  /** How many with the same key may be under way at once, and what the key is. */
  readonly perKey?: { readonly limit: number; key(item: Item): string };
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
  const lanes = makeLanes(items, options);
  const ready = lanes.filter((lane) => lane.free > 0);
  const concurrency = Math.min(Math.max(1, options.concurrency), items.length);
  let free = options.whileWaiting ? Math.min(concurrency, atFirst) : concurrency;
  let reserve = concurrency - free;
  let unfinished = items.length;
  if (unfinished === 0) return;

  let widening: Disposable | undefined;
  await new Promise<void>((resolve, reject) => {
    const fill = (): void => {
      while (free > 0 && ready.length > 0) {
        const lane = ready.shift();
        if (lane) begin(lane);
      }
    };
    const begin = (lane: Lane<Item>): void => {
      const item = lane.items[lane.next++] as Item;
      free--;
      lane.free--;
      if (lane.free > 0 && lane.next < lane.items.length) ready.unshift(lane);
      let held = true;
      const release = (): void => {
        if (!held) return;
        held = false;
        free++;
        lane.free++;
        if (lane.free === 1 && lane.next < lane.items.length) ready.push(lane);
        fill();
      };
      work(item, { release }).then(() => {
        release();
        if (--unfinished === 0) resolve();
      }, reject);
    };
    fill();
    if (reserve === 0) return;
    widening = options.whileWaiting?.(() => {
      const more = Math.min(reserve, atFirst);
      reserve -= more;
      free += more;
      fill();
    });
  }).finally(() => {
    widening?.dispose();
  });
}

interface Lane<Item> {
  readonly items: readonly Item[];
  next: number;
  free: number;
}

function makeLanes<Item>(items: readonly Item[], { perKey }: PoolOptions<Item>): Lane<Item>[] {
  if (!perKey || perKey.limit === Infinity) return [{ items, next: 0, free: Infinity }];
  const byKey = new Map<string, Item[]>();
  for (const item of items) {
    const key = perKey.key(item);
    const lane = byKey.get(key);
    if (lane) lane.push(item);
    else byKey.set(key, [item]);
  }
  return [...byKey.values()].map((lane) => ({ items: lane, next: 0, free: Math.max(1, perKey.limit) }));
}
