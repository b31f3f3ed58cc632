import { isMap, parseDocument } from 'yaml';
import { type Cursor, cursorAt, item } from './cursor';

/** The part of JSON Schema that is read here. */
interface JsonSchema {
  readonly type?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
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
  if (cursor.at === 'key') {
    const present = keysAt(text, cursor.path);
    return matching(
      keysOf(here).filter(({ label }) => label === cursor.typed || !present.has(label)),
      cursor.typed,
    );
  }
  const values = valuesOf(here, knownValues(cursor.path), cursor.quoted);
  const found = matching(values, cursor.typed);
  // A value may be several words, such as targets: then the last one counts.
  const lastWord = /\S*$/.exec(cursor.typed)?.[0] ?? '';
  return found.length > 0 || lastWord === cursor.typed ? found : matching(values, lastWord);
}

/** The description of the key under an offset; nothing where there is none. */
export function describeKeyAt(text: string, offset: number, schema: object): string | undefined {
  const rest = /^[^\s:,{}]*/.exec(text.slice(offset))?.[0] ?? '';
  const cursor: Cursor = cursorAt(text, offset + rest.length);
  const path = cursor.at === 'key' ? [...cursor.path, cursor.typed] : cursor.path;
  return schemaAt(schema, path)?.description;
}

type Found = Omit<Suggestion, 'replaces'>;

function matching(found: readonly Found[], typed: string): readonly Suggestion[] {
  return found.filter(({ label }) => label.startsWith(typed)).map((one) => ({ ...one, replaces: typed.length }));
}

function keysOf(schema: JsonSchema | undefined): readonly Found[] {
  return Object.entries(schema?.properties ?? {}).map(([key, { description, type }]) => ({
    label: key,
    kind: 'key',
    insertText: type === 'object' ? `${key}:` : `${key}: `,
    ...(description !== undefined && { documentation: description }),
  }));
}

function valuesOf(schema: JsonSchema | undefined, known: readonly string[], quoted: boolean): readonly Found[] {
  return [...listedBy(schema).map(String), ...known].map((label) => ({
    label,
    kind: 'value',
    insertText: quoted || !needsQuotes(label) ? label : `'${label}'`,
  }));
}

function listedBy(schema: JsonSchema | undefined): readonly unknown[] {
  if (schema?.const !== undefined) return [schema.const];
  if (schema?.anyOf) return schema.anyOf.flatMap(listedBy);
  return schema?.enum ?? (schema?.type === 'boolean' ? [true, false] : []);
}

/** Whether a plain scalar cannot begin so. */
function needsQuotes(label: string): boolean {
  return /^[@`!&*%#>|{[]/.test(label);
}

/** The keys that a map has already. */
function keysAt(text: string, path: readonly string[]): ReadonlySet<string> {
  const document = parseDocument(text, { logLevel: 'silent' });
  const node = path.length === 0 ? document.contents : document.getIn(path, true);
  return new Set(isMap(node) ? node.items.map(({ key }) => String(key)) : []);
}

function schemaAt(schema: JsonSchema, path: readonly string[]): JsonSchema | undefined {
  const [step, ...rest] = path;
  if (step === undefined) return schema;
  const { properties, additionalProperties, items } = schema;
  const next =
    step === item
      ? items
      : (properties?.[step] ?? (typeof additionalProperties === 'object' ? additionalProperties : undefined));
  return next && schemaAt(next, rest);
}
