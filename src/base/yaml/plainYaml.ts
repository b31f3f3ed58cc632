type PlainMap = Record<string, unknown>;

const simpleKey = /([A-Za-z_][A-Za-z0-9_.-]*|'[^'\t\r\n]*'|"[^"\\\t\r\n]*"):(?=[ \r\n])/y;
const quotedText = /'[^'\t\r\n]*'|"[^"\\\t\r\n]*"/y;
/** Words, MAC and IPv4 addresses and whole numbers. */
const plainText =
  /(?:[A-Za-z_][A-Za-z0-9_./-]*|[0-9a-fA-F]{2}(?::[0-9a-fA-F]{2}){5}|\d+\.\d+\.\d+\.\d+|0|[1-9]\d{0,14})(?=[ ,}\r\n])/y;
const otherMeaning = /^(null|true|false)$/i;
const lineEnd = /(?: +#[^\r\n]*)? *\r?\n/y;
const blankLines = /(?: *(?:#[^\r\n]*)?\r?\n)*/y;
/** Longer ones are no keys in YAML. */
const longestKey = 1000;

/**
 * Reads the YAML that long fleet files are made of, some twenty times faster than the full reader: mappings of plain keys, one
 * entry a line or in braces, plain or single-quoted scalars, comments. `undefined` means that the text holds anything else, be it
 * YAML or a mistake, and the full reader has to look.
 */
export function readPlainYaml(text: string): PlainMap | undefined {
  try {
    return new PlainReader(text.endsWith('\n') ? text : `${text}\n`).read();
  } catch (thrown) {
    if (thrown instanceof NotPlain) return undefined;
    throw thrown;
  }
}

class NotPlain extends Error {}

class PlainReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(): PlainMap {
    this.#match(blankLines);
    const map = this.#blockMap(0);
    if (this.#at !== this.#text.length) throw new NotPlain();
    return map;
  }

  /** Begins at a line with an entry of this indent; ends at the first entry with less. */
  #blockMap(indent: number): PlainMap {
    if (indent > 40) throw new NotPlain();
    const map: PlainMap = {};
    do {
      this.#at += indent;
      const key = this.#key(map);
      map[key] = this.#entryValue(indent);
      this.#match(blankLines);
    } while (this.#at < this.#text.length && this.#indent() === indent);
    if (this.#at < this.#text.length && this.#indent() > indent) throw new NotPlain();
    return map;
  }

  #entryValue(indent: number): unknown {
    if (this.#match(lineEnd) !== undefined) {
      this.#match(blankLines);
      const inner = this.#indent();
      return this.#at < this.#text.length && inner > indent ? this.#blockMap(inner) : null;
    }
    this.#spaces();
    const value = this.#text[this.#at] === '{' ? this.#flowMap(0) : this.#scalar();
    if (this.#match(lineEnd) === undefined) throw new NotPlain();
    return value;
  }

  /** `{ a: b, c: { d: e } }` on one line. */
  #flowMap(depth: number): PlainMap {
    if (depth > 10) throw new NotPlain();
    const map: PlainMap = {};
    this.#at++;
    this.#spaces();
    if (this.#take('}')) return map;
    for (;;) {
      const key = this.#key(map);
      if (!this.#take(' ')) throw new NotPlain();
      this.#spaces();
      map[key] = this.#text[this.#at] === '{' ? this.#flowMap(depth + 1) : this.#scalar();
      this.#spaces();
      if (this.#take('}')) return map;
      if (!this.#take(',') || !this.#take(' ')) throw new NotPlain();
      this.#spaces();
    }
  }

  #key(map: PlainMap): string {
    const text = this.#match(simpleKey)?.slice(0, -1);
    if (text === undefined || text.length > longestKey || otherMeaning.test(text)) throw new NotPlain();
    const key = isQuoted(text) ? text.slice(1, -1) : text;
    if (key in map) throw new NotPlain();
    return key;
  }

  #scalar(): string | number | boolean {
    const quoted = this.#match(quotedText);
    if (quoted !== undefined) return quoted.slice(1, -1);
    const text = this.#match(plainText);
    if (text === 'true' || text === 'false') return text === 'true';
    if (text === undefined || otherMeaning.test(text)) throw new NotPlain();
    return /^\d+$/.test(text) ? Number(text) : text;
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    if (!pattern.test(this.#text)) return undefined;
    const matched = this.#text.slice(this.#at, pattern.lastIndex);
    this.#at = pattern.lastIndex;
    return matched;
  }

  #take(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at++;
    return true;
  }

  #indent(): number {
    let end = this.#at;
    while (this.#text[end] === ' ') end++;
    return end - this.#at;
  }

  #spaces(): void {
    this.#at += this.#indent();
  }
}

function isQuoted(text: string): boolean {
  return text.startsWith("'") || text.startsWith('"');
}
