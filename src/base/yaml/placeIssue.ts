import type * as z from 'zod';
import { describeIssue, describeUnknownKey } from '../describeIssue';
import { isSecretKey } from '../secret';
import { keysAt } from './schemaKeys';
import type { YamlPath } from './yamlDocument';

/** A mistake, and where in the value it is. */
type PlacedIssue = readonly [path: YamlPath, message: string, part: 'key' | 'value'];

/** What a schema finds wrong with a value, in words, at the closest places. */
export function placeIssue(issue: z.core.$ZodIssue, schema: z.ZodType, file: unknown): readonly PlacedIssue[] {
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
      // Where a key is misspelt, what is missing is the same mistake.
      const misspelt = closest.filter(({ code }) => code === 'unrecognized_keys');
      return (misspelt.length > 0 ? misspelt : closest).flatMap((inner) =>
        placeIssue({ ...inner, path: [...path, ...inner.path] }, schema, file),
      );
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
