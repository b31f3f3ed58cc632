import type * as z from 'zod';
import { describeIssue, describeUnknownKey } from '../describeIssue';
import type { Problem } from '../problem';
import { isSecretKey } from '../secret';
import { readPlainYaml } from './plainYaml';
import { keysAt } from './schemaKeys';
import { YamlDocument, type YamlPath } from './yamlDocument';

/** Longer files are refused before they are parsed, in UTF-16 units. */
const maximumLength = 5 * 1024 * 1024;
const mostProblems = 1000;

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
  if (text.length > maximumLength) {
    const problem = { file, line: 1, column: 1, endLine: 1, endColumn: 2, message: 'the file is longer than 5 MiB' };
    return { problems: [problem], problemAt: () => problem };
  }
  const source = text.replace(/^\uFEFF/, '');
  let parsed: YamlDocument | undefined;
  // Places cost ten times what the values cost, so they wait for the first problem.
  const document = (): YamlDocument => (parsed ??= new YamlDocument(source, file));
  const problemAt: YamlFile<T>['problemAt'] = (path, message, part = 'value') =>
    document().problemAt(path, message, part);

  let plain: unknown = readPlainYaml(source);
  if (plain === undefined) {
    const { problems, value } = document();
    if (problems.length > 0) return { problems, problemAt };
    plain = value ?? {};
  }
  const checked = schema.safeParse(plain);
  if (checked.success) return { value: checked.data, problems: [], problemAt };
  const found = checked.error.issues.slice(0, mostProblems).flatMap((issue) => describe(issue, schema, plain));
  return { problems: found.map((one) => problemAt(...one)), problemAt };
}

type Found = readonly [path: YamlPath, message: string, part: 'key' | 'value'];

function describe(issue: z.core.$ZodIssue, schema: z.ZodType, file: unknown): readonly Found[] {
  const path = issue.path as YamlPath;
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(schema, path);
    return issue.keys.map((key) => [[...path, key], describeKey(key, known), 'key']);
  }
  if (issue.code === 'invalid_key') {
    const [inner] = issue.issues;
    return [[path, inner ? describeIssue(inner, path.at(-1)) : issue.message, 'key']];
  }
  if (issue.code === 'invalid_union') {
    const [closest] = issue.errors.filter(reachesInside).toSorted((a, b) => countMistakes(a) - countMistakes(b));
    if (closest) {
      return closest.flatMap((inner) => describe({ ...inner, path: [...path, ...inner.path] }, schema, file));
    }
  }
  const value = valueAt(file, path);
  const message = describeIssue(issue, value);
  if (value === undefined) return [[path.slice(0, -1), `"${String(path.at(-1))}" is missing: ${message}`, 'key']];
  return [[path, message, value === null ? 'key' : 'value']];
}

function valueAt(file: unknown, path: YamlPath): unknown {
  return path.reduce<unknown>((value, step) => (value as Record<string, unknown> | null | undefined)?.[step], file);
}

/** Whether the value was at least of the right type, so that the mistakes are inside it. */
function reachesInside(issues: readonly z.core.$ZodIssue[]): boolean {
  return issues.some(({ path, code }) => path.length > 0 || code === 'unrecognized_keys');
}

function countMistakes(issues: readonly z.core.$ZodIssue[]): number {
  return issues.reduce((count, issue) => count + (issue.code === 'unrecognized_keys' ? issue.keys.length : 1), 0);
}

function describeKey(key: string, known: readonly string[]): string {
  if (isSecretKey(key)) return `"${key}": secrets are never in this file; store them with \`sideband secret set\``;
  return describeUnknownKey(key, known);
}
