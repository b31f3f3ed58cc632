import {
  type Document,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  visit,
  type YAMLMap,
} from 'yaml';
import type { Problem } from '../problem';
import { rangeInside, type Span } from './scalarPlaces';

const maximumAliases = 100;
const mostProblems = 100;

export type YamlPath = readonly (string | number)[];
type Range = readonly [start: number, end: number];

/** YAML text with the places of its parts. Never throws: what YAML itself forbids is among the problems. */
export class YamlDocument {
  readonly problems: readonly Problem[];
  /** Plain data; `undefined` when there are problems. */
  readonly value: unknown;
  readonly #file: string;
  readonly #text: string;
  readonly #lines = new LineCounter();
  readonly #document: Document | undefined;
  readonly #pairs = new WeakMap<YAMLMap, ReadonlyMap<string, Pair>>();

  constructor(text: string, file: string) {
    this.#file = file;
    this.#text = text;
    const found: Problem[] = [];
    try {
      // The library's own search for equal keys takes the square of their number.
      const options = { lineCounter: this.#lines, prettyErrors: false, uniqueKeys: false, logLevel: 'error' } as const;
      const document: Document = parseDocument(text, options);
      this.#document = document;
      for (const { pos, message } of [...document.errors, ...document.warnings]) {
        found.push(this.#place(pos, plainMessage(message)));
        if (isTooDeep(message)) break;
      }
      if (found.length === 0) found.push(...this.#tidy(document));
      if (found.length === 0) this.value = document.toJS({ maxAliasCount: maximumAliases });
    } catch (thrown) {
      const message = thrown instanceof Error ? thrown.message : String(thrown);
      found.push(this.#place([0, 1], plainMessage(message)));
    }
    this.problems = found.slice(0, mostProblems);
  }

  /** A problem at the key or the value of a path; at its nearest ancestor when the path is not there. */
  problemAt(path: YamlPath, message: string, part: 'key' | 'value'): Problem {
    const { node, key } = this.#find(path);
    return this.#place(rangeOf(part === 'key' && isNode(key) ? key : node), message);
  }

  /** A problem at a part of a text; at the whole of it where its characters do not stand one by one on one line. */
  problemInside(path: YamlPath, span: Span, message: string): Problem {
    const { node } = this.#find(path);
    const inside = isScalar(node) ? rangeInside(node, this.#text, span) : undefined;
    return this.#place(inside ?? rangeOf(node), message);
  }

  #find(path: YamlPath): { readonly node: unknown; readonly key: unknown } {
    let node: unknown = this.#document?.contents;
    let key: unknown;
    for (const step of path) {
      const pair = isMap(node) ? this.#pairsOf(node).get(String(step)) : undefined;
      const next = pair ? (pair.value ?? pair.key) : isSeq(node) ? node.items[Number(step)] : undefined;
      if (next === undefined || next === null) break;
      key = pair?.key;
      node = next;
    }
    return { node, key };
  }

  /** Refuses keys that are equal or no text and aliases without anchor; keeps numbers such as 007 and 1.10 as they are written. */
  #tidy(document: Document): readonly Problem[] {
    const found: Problem[] = [];
    visit(document, {
      Map: (_, map) => {
        const keys = new Set<string>();
        for (const { key } of map.items) {
          if (!isScalar(key)) found.push(this.#place(rangeOf(key), 'a key must be text'));
          else if (key.value === '__proto__') found.push(this.#place(rangeOf(key), '"__proto__" cannot be a key'));
          else if (keys.has(keyText(key)))
            found.push(this.#place(rangeOf(key), `the key "${keyText(key)}" is there twice`));
          else keys.add(keyText(key));
        }
      },
      Scalar: (_, scalar) => {
        const { value, source } = scalar;
        if (typeof value === 'number' && source !== undefined && String(value) !== source) scalar.value = source;
      },
      Alias: (_, alias) => {
        if (!alias.resolve(document))
          found.push(this.#place(rangeOf(alias), `no anchor "&${alias.source}" comes before this`));
      },
    });
    return found;
  }

  #pairsOf(map: YAMLMap): ReadonlyMap<string, Pair> {
    const known = this.#pairs.get(map);
    if (known) return known;
    const pairs = new Map(map.items.map((pair) => [keyText(pair.key), pair] as const));
    this.#pairs.set(map, pairs);
    return pairs;
  }

  #place([start, end]: Range, message: string): Problem {
    const from = this.#lines.linePos(start);
    const to = this.#lines.linePos(Math.max(end, start + 1));
    // Without any line break the counter knows no line.
    const line = Math.max(1, from.line);
    return {
      file: this.#file,
      line,
      column: Math.max(1, from.col),
      endLine: Math.max(line, to.line),
      endColumn: Math.max(1, to.col),
      message,
    };
  }
}

/** A key as text; empty for a key that is none. */
export function keyText(key: unknown): string {
  return isScalar(key) ? String(key.value) : '';
}

function rangeOf(node: unknown): Range {
  const [start = 0, end = start] = (isNode(node) ? (node as Node).range : undefined) ?? [];
  return [start, end];
}

function isTooDeep(message: string): boolean {
  return message.includes('call stack');
}

function plainMessage(message: string): string {
  if (isTooDeep(message)) return 'this is nested too deeply';
  if (message.startsWith('Excessive alias count')) return 'aliases unfold to too much';
  if (message.startsWith('Source contains multiple documents')) return 'one document is expected, without a second ---';
  return message.split('\n', 1)[0] ?? '';
}
