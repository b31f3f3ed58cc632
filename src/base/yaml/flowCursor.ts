import { type Beside, scalarOf } from './beside';

/** Where a cursor stands in what follows a key on its line, such as `{ a: { b: [c, `. */
export interface FlowCursor {
  readonly path: readonly string[];
  readonly at: 'key' | 'value';
  readonly typed: string;
  readonly quoted: boolean;
  /** As in `Cursor`. */
  readonly beside: readonly Beside[];
}

/** An open brace or bracket. */
interface Frame {
  readonly inside: FlowCursor['at'];
  readonly pairs: Map<string, string>;
  /** The key whose value is being read. */
  key?: string;
}

/** Reads the text before the cursor to its open end, and the rest of the line for what stands beside it. */
export function readFlow(before: string, after: string): FlowCursor {
  const reader = new FlowReader();
  for (const character of before) reader.take(character);
  const cursor = reader.cursor();
  for (const character of after) reader.take(character);
  reader.end();
  return cursor;
}

/** What is typed of a word, and whether in quotes. */
export function wordOf(text: string): Pick<FlowCursor, 'typed' | 'quoted'> {
  const word = text.trimStart();
  const quoted = /^['"]/.test(word);
  return { typed: quoted ? word.slice(1) : word.trimEnd(), quoted };
}

class FlowReader {
  readonly #open: Frame[] = [];
  #word = '';
  #quote = '';

  take(character: string): void {
    if (this.#quote !== '') {
      this.#word += character;
      if (character === this.#quote) this.#quote = '';
    } else if ((character === "'" || character === '"') && this.#word.trim() === '') {
      this.#word = this.#quote = character;
    } else if (character === '{' || character === '[') this.#enter(character === '{' ? 'key' : 'value');
    else if (character === '}' || character === ']') this.#leave();
    else if (character === ',' && this.#open.length > 0) this.#next();
    else if (character === ':' && this.#top?.inside === 'key' && this.#top.key === undefined) this.#value(this.#top);
    else this.#word += character;
  }

  cursor(): FlowCursor {
    const path: string[] = [];
    const beside: Beside[] = [];
    for (const { inside, key, pairs } of this.#open) {
      if (inside === 'key' && key === undefined) {
        beside.push(pairs);
        break;
      }
      path.push(inside === 'value' ? '*' : (key ?? ''));
      beside.push(pairs);
    }
    const at = this.#top?.inside === 'key' && this.#top.key === undefined ? 'key' : 'value';
    return { path, at, ...wordOf(this.#word), beside };
  }

  /** The line ends, and with it what is open. */
  end(): void {
    while (this.#top) this.#leave();
  }

  get #top(): Frame | undefined {
    return this.#open.at(-1);
  }

  #enter(inside: Frame['inside']): void {
    this.#open.push({ inside, pairs: new Map() });
    this.#word = '';
  }

  #value(top: Frame): void {
    top.key = scalarOf(this.#word);
    top.pairs.set(top.key, '');
    this.#word = '';
  }

  #next(): void {
    const top = this.#top;
    if (top?.key !== undefined) {
      if (this.#word !== '') top.pairs.set(top.key, scalarOf(this.#word));
      delete top.key;
    }
    this.#word = '';
  }

  #leave(): void {
    this.#next();
    this.#open.pop();
    this.#word = '';
  }
}
