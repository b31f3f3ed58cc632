import type * as z from 'zod';
import type { Problem } from '../problem';
import { placeIssue } from './placeIssue';
import { readPlainYaml } from './plainYaml';
import type { Span } from './scalarPlaces';
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
  /** The same at a part of a text, in UTF-16 units; at the whole text where folding or escapes hide the part's place. */
  problemInside(path: YamlPath, span: Span, message: string): Problem;
}

/** Reads YAML text by a schema. Never throws: every mistake is a problem at its place, saying what is expected. */
export function parseYamlFile<T>(text: string, file: string, schema: z.ZodType<T>): YamlFile<T> {
  if (text.length > maximumLength) {
    const problem = { file, line: 1, column: 1, endLine: 1, endColumn: 2, message: 'the file is longer than 5 MiB' };
    return { problems: [problem], problemAt: () => problem, problemInside: () => problem };
  }
  const source = text.replace(/^\uFEFF/, '');
  let parsed: YamlDocument | undefined;
  // Places cost ten times what the values cost, so they wait for the first problem.
  const document = (): YamlDocument => (parsed ??= new YamlDocument(source, file));
  const problemAt: YamlFile<T>['problemAt'] = (path, message, part = 'value') =>
    document().problemAt(path, message, part);
  const places = {
    problemAt,
    problemInside: (path: YamlPath, span: Span, message: string) => document().problemInside(path, span, message),
  };

  let plain: unknown = readPlainYaml(source);
  if (plain === undefined) {
    const { problems, value } = document();
    if (problems.length > 0) return { problems, ...places };
    plain = value ?? {};
  }
  const checked = schema.safeParse(plain);
  if (checked.success) return { value: checked.data, problems: [], ...places };
  const found = checked.error.issues.slice(0, mostProblems).flatMap((issue) => placeIssue(issue, schema, plain));
  return { problems: found.map((one) => problemAt(...one)), ...places };
}
