import { type Cursor, cursorAt } from './cursor';

/** The part of JSON Schema that is read here. */
interface JsonSchema {
  readonly type?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly required?: readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly items?: JsonSchema;
}

export interface Suggestion {
  readonly label: string;
  readonly kind: 'key' | 'value';
  readonly insertText: string;
  readonly documentation?: string;
  /** How much before the cursor it replaces. */
  readonly replaces: number;
}

/** Values that only the file itself knows, for the path of a key: profile names, groups, tags. */
export type KnownValues = (path: readonly string[]) => readonly string[];

/** What may be typed at an offset of a YAML text, by a JSON Schema. */
export function suggest(text: string, offset: number, schema: object, knownValues: KnownValues): readonly Suggestion[] {
  const cursor = cursorAt(text, offset);
  const here = schemaAt(schema, cursor.path);
  const suggestions = cursor.at === 'key' ? keysOf(here) : valuesOf(here, knownValues(cursor.path));
  const replaces = cursor.typed.length;
  return suggestions
    .filter(({ label }) => label.startsWith(cursor.typed))
    .map((suggestion) => ({ ...suggestion, replaces }));
}

/** The description of the key under an offset; nothing where there is none. */
export function describeKeyAt(text: string, offset: number, schema: object): string | undefined {
  const rest = /^[^\s:,{}]*/.exec(text.slice(offset))?.[0] ?? '';
  const cursor: Cursor = cursorAt(text, offset + rest.length);
  const path = cursor.at === 'key' ? [...cursor.path, cursor.typed] : cursor.path;
  return schemaAt(schema, path)?.description;
}

type Found = Omit<Suggestion, 'replaces'>;

function keysOf(schema: JsonSchema | undefined): readonly Found[] {
  return Object.entries(schema?.properties ?? {}).map(([key, { description, type }]) => ({
    label: key,
    kind: 'key',
    insertText: type === 'object' ? `${key}:` : `${key}: `,
    ...(description !== undefined && { documentation: description }),
  }));
}

function valuesOf(schema: JsonSchema | undefined, known: readonly string[]): readonly Found[] {
  const listed =
    schema?.const !== undefined ? [schema.const] : (schema?.enum ?? (schema?.type === 'boolean' ? [true, false] : []));
  return [...listed.map(String), ...known].map((label) => ({ label, kind: 'value', insertText: label }));
}

function schemaAt(schema: JsonSchema, path: readonly string[]): JsonSchema | undefined {
  const [step, ...rest] = path;
  if (step === undefined) return schema;
  const { properties, additionalProperties } = schema;
  const next = properties?.[step] ?? (typeof additionalProperties === 'object' ? additionalProperties : undefined);
  return next && schemaAt(next, rest);
}
