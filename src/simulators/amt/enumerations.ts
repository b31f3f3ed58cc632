import { AmtFault } from './model/fault';
import type { ClassName, Properties } from './model/values';

/** An instance that waits to be pulled. */
export interface Found {
  readonly className: ClassName;
  readonly isDated: boolean;
  readonly properties: Properties;
  /** The names of its keys. */
  readonly keys: readonly string[];
}

/** EnumerationMode, DSP0226 section 8.7: what a pull gives. */
export type EnumerationMode = 'instances' | 'references';

interface Enumeration {
  readonly resourceUri: string;
  readonly mode: EnumerationMode;
  readonly found: readonly Found[];
  next: number;
  lastUse: number;
}

export interface Pulled {
  readonly items: readonly Found[];
  readonly mode: EnumerationMode;
  /** The context of the rest; absent: the sequence ends here. */
  readonly context?: string;
}

const mostOpen = 8;
const timeoutMs = 60_000;

/** The enumeration contexts of a device. */
export class Enumerations {
  readonly #open = new Map<string, Enumeration>();
  #counter = 0;

  get size(): number {
    return this.#open.size;
  }

  /** Too many open ones end the oldest. */
  start(wanted: Pick<Enumeration, 'resourceUri' | 'mode' | 'found'>, now: number): string {
    this.#expire(now);
    const [oldest] = this.#open.keys();
    if (this.#open.size >= mostOpen && oldest !== undefined) this.#open.delete(oldest);
    const context = contextOf(++this.#counter);
    this.#open.set(context, { ...wanted, next: 0, lastUse: now });
    return context;
  }

  /**
   * The next instances. When as many as were asked for are there, the end is told by the next pull, as recorded devices do.
   * Faults with InvalidEnumerationContext for a context that has ended, or is of another class.
   */
  pull(
    context: string,
    request: { readonly resourceUri: string; readonly most: number; readonly now: number },
  ): Pulled {
    this.#expire(request.now);
    const enumeration = this.#open.get(context);
    if (enumeration?.resourceUri !== request.resourceUri) throw new AmtFault('InvalidEnumerationContext');
    const items = takeRun(enumeration, request.most);
    enumeration.next += items.length;
    enumeration.lastUse = request.now;
    const { mode } = enumeration;
    if (enumeration.next < enumeration.found.length || items.length === request.most) return { items, mode, context };
    this.#open.delete(context);
    return { items, mode };
  }

  release(context: string): void {
    if (!this.#open.delete(context)) throw new AmtFault('InvalidEnumerationContext');
  }

  #expire(now: number): void {
    for (const [context, { lastUse }] of this.#open) if (now - lastUse > timeoutMs) this.#open.delete(context);
  }
}

/** The next instances of one class: a reply declares the namespace of only one. */
function takeRun({ found, next }: Enumeration, most: number): readonly Found[] {
  const className = found[next]?.className;
  let end = next;
  while (end < found.length && end - next < most && found[end]?.className === className) end++;
  return found.slice(next, end);
}

/** `17000000-0000-0000-0000-000000000000`: a GUID that begins with a counter, lowest byte first. */
function contextOf(counter: number): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(counter >>> 0);
  return `${bytes.toString('hex').toUpperCase()}-0000-0000-0000-000000000000`;
}
