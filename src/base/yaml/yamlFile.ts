import { type Document, isCollection, isMap, isNode, isScalar, LineCounter, type Node, type Pair, parseDocument, visit } from 'yaml';
import type * as z from 'zod';
import { didYouMean } from '../nearest';
import type { Problem } from '../problem';
import { isSecretKey } from '../secret';
import { keysAt } from './schemaKeys';

/** Longer files are refused before they are parsed. */
const maximumLength = 5 * 1024 * 1024;
const maximumAliases = 100;

export type YamlPath = readonly (string | number)[];

/** A YAML file that was read against a schema. */
export interface YamlFile<T> {
  /** Absent when there are problems. */
  readonly value?: T;
  readonly problems: readonly Problem[];
  /** A mistake that only the caller can see, at the key or at the value of a path. */
  problemAt(path: YamlPath, message: string, part?: 'key' | 'value'): Problem;
}

/** Reads YAML text by a schema. Never throws: every mistake is a problem at its place, saying what is expected. */
export function parseYamlFile<T>(text: string, file: string, schema: z.ZodType<T>): YamlFile<T> {
  const lines = new LineCounter();
  const place = (start: number, end: number, message: string): Problem => {
    const from = lines.linePos(start);
    const to = lines.linePos(Math.max(end, start + 1));
    return { file, line: from.line, column: from.col, endLine: to.line, endColumn: to.col, message };
  };
  if (text.length > maximumLength) {
    const problems = [{ file, line: 1, column: 1, endLine: 1, endColumn: 2, message: 'the file is longer than 5 MiB' }];
    return { problems, problemAt: () => problems[0] as Problem };
  }
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const problemAt = (path: YamlPath, message: string, part: 'key' | 'value' = 'value'): Problem => {
    const [start, end] = rangeOf(document, path, part);
    return place(start, end, message);
  };
  const [first] = document.errors;
  if (first) {
    return { problems: document.errors.map(({ pos, message }) => place(pos[0], pos[1], firstLine(message))), problemAt };
  }
  const plain = toPlain(document);
  if ('error' in plain) {
    const [start, end] = unresolvedAlias(document) ?? [0, 1];
    return { problems: [place(start, end, plain.error)], problemAt };
  }

  const checked = schema.safeParse(plain.value ?? {});
  if (checked.success) return { value: checked.data, problems: [], problemAt };
  const found = checked.error.issues.flatMap((issue) => describe(issue, schema, plain.value ?? {}));
  const problems = found.map((one) => problemAt(...one));
  return { problems, problemAt };
}

type Found = readonly [path: YamlPath, message: string, part: 'key' | 'value'];

function describe(issue: z.core.$ZodIssue, schema: z.ZodType, file: unknown): readonly Found[] {
  const path = issue.path as YamlPath;
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(schema, path);
    return issue.keys.map((key) => [[...path, key], describeUnknownKey(key, known), 'key']);
  }
  if (issue.code === 'invalid_union') {
    const [branch] = issue.errors.toSorted((a, b) => depthOf(b) - depthOf(a));
    if (branch) return branch.flatMap((inner) => describe({ ...inner, path: [...path, ...inner.path] }, schema, file));
  }
  const message = issue.message.replace('Invalid input: ', '');
  const value = valueAt(file, path);
  if (value === undefined) {
    const expected = message.replace(', received undefined', '');
    return [[path.slice(0, -1), `"${String(path.at(-1))}" is missing (${expected})`, 'key']];
  }
  return [[path, message, value === null ? 'key' : 'value']];
}

function valueAt(file: unknown, path: YamlPath): unknown {
  return path.reduce<unknown>((value, step) => (value as Record<string, unknown> | null | undefined)?.[step], file);
}

function depthOf(issues: readonly z.core.$ZodIssue[]): number {
  return Math.max(0, ...issues.map(({ path }) => path.length));
}

function describeUnknownKey(key: string, known: readonly string[]): string {
  if (isSecretKey(key)) return `"${key}": secrets are never in this file; store them with \`sideband secret set\``;
  const suggestion = didYouMean(key, known);
  const offered = suggestion === '' && known.length > 0 ? ` Expected: ${known.join(', ')}.` : suggestion;
  return `"${key}" is not known here.${offered}`;
}

function toPlain(document: Document): { readonly value: unknown } | { readonly error: string } {
  try {
    return { value: document.toJS({ maxAliasCount: maximumAliases }) as unknown };
  } catch (error) {
    return { error: error instanceof Error ? firstLine(error.message) : String(error) };
  }
}

/** Where an alias stands that has no anchor. */
function unresolvedAlias(document: Document): readonly [start: number, end: number] | undefined {
  let range: readonly [start: number, end: number] | undefined;
  visit(document, {
    Alias(_, alias) {
      if (alias.resolve(document) || !alias.range) return undefined;
      range = [alias.range[0], alias.range[1]];
      return visit.BREAK;
    },
  });
  return range;
}

/** The place of a path; of its nearest ancestor that is there when it is not. */
function rangeOf(document: Document, path: YamlPath, part: 'key' | 'value'): readonly [start: number, end: number] {
  let node: unknown = document.contents;
  let key: unknown;
  for (const step of path) {
    if (!isCollection(node)) break;
    const pair = isMap(node) ? node.items.find((item) => keyText(item) === String(step)) : undefined;
    const next = pair ? (pair.value ?? pair.key) : node.get(step, true);
    if (next === undefined || next === null) break;
    key = pair?.key;
    node = next;
  }
  const target = part === 'key' && isNode(key) ? key : node;
  const [start = 0, end = start] = (isNode(target) ? (target as Node).range : undefined) ?? [];
  return [start, end];
}

function keyText({ key }: Pair): string {
  return String(isScalar(key) ? key.value : key);
}

function firstLine(message: string): string {
  return message.split('\n', 1)[0] ?? '';
}
