import type { AmtDevice } from '../../device';
import { perDevice } from '../../model/amtClass';
import type { Policy } from './state';

interface Count {
  packets: number;
  isMatched: boolean;
}

const zero: Readonly<Count> = { packets: 0, isMatched: false };

/** The counters of the policy in force: those that run, and those that were last read out of the hardware. */
export class Counters {
  readonly policy: number;
  readonly activatedAt: number;
  lastResetAt: number;
  readonly #running = new Map<number, Count>();
  readonly #shown = new Map<number, Readonly<Count>>();
  readonly #told = new Set<number>();
  readonly #lastSecond = new Map<number, { second: number; packets: number }>();

  constructor(policy: number, now: number) {
    this.policy = policy;
    this.activatedAt = now;
    this.lastResetAt = now;
  }

  /** By the handle of a filter, or one of `builtIn`. */
  shown(handle: number): Readonly<Count> {
    return this.#shown.get(handle) ?? zero;
  }

  /** Counters have 32 bits. */
  match(handle: number, adds: 0 | 1): void {
    const count = this.#running.get(handle) ?? { ...zero };
    count.packets = (count.packets + adds) >>> 0;
    count.isMatched = true;
    this.#running.set(handle, count);
  }

  /** For tests of what happens when counters run over. */
  preset(handle: number, packets: number): void {
    this.#running.set(handle, { packets: packets >>> 0, isMatched: packets > 0 });
  }

  /** Whether this packet is one of the first so many of its second. */
  isWithinRate(handle: number, { limit, now }: { readonly limit: number; readonly now: number }): boolean {
    const second = Math.floor(now / 1000);
    const last = this.#lastSecond.get(handle);
    const packets = (last?.second === second ? last.packets : 0) + 1;
    this.#lastSecond.set(handle, { second, packets });
    return packets <= limit;
  }

  /** Whether a match is to be told: once until the counters are read. */
  takesTelling(handle: number): boolean {
    if (this.#told.has(handle)) return false;
    this.#told.add(handle);
    return true;
  }

  /** Takes over what has been counted, and starts anew when it is reset. */
  update(options: { readonly resetAt?: number }): void {
    this.#shown.clear();
    for (const [handle, count] of this.#running) this.#shown.set(handle, { ...count });
    this.#told.clear();
    if (options.resetAt === undefined) return;
    this.lastResetAt = options.resetAt;
    this.#running.clear();
  }
}

const kept = perDevice<{ counters?: Counters }>(() => ({}));

/** The counters of the policy in force, which start when it comes into force. */
export function countersOf(device: AmtDevice, { handle }: Policy): Counters {
  const holder = kept(device);
  if (holder.counters?.policy !== handle) holder.counters = new Counters(handle, device.now());
  return holder.counters;
}

/** Called when another policy may have come into force. */
export function forgetCounters(device: AmtDevice): void {
  delete kept(device).counters;
}
