import { type Cursor, cursorAt } from './cursor';
import { type JsonSchema, schemasAt } from './schemasAt';

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
  const here = schemasAt(schema, cursor.path, cursor.beside);
  const keys = cursor.at === 'value' ? [] : suggestKeys(here, cursor);
  return cursor.at === 'key' ? keys : [...keys, ...suggestValues(here, cursor, knownValues)];
}

/** The description of the key under an offset; nothing where there is none. */
export function describeKeyAt(text: string, offset: number, schema: object): string | undefined {
  const rest = /^[^\s:,{}]*/.exec(text.slice(offset))?.[0] ?? '';
  const { path, at, typed, beside } = cursorAt(text, offset + rest.length);
  const found = schemasAt(schema, at === 'value' ? path : [...path, typed], beside);
  return found.find(({ description }) => description !== undefined)?.description;
}

function suggestKeys(schemas: readonly JsonSchema[], { typed, beside }: Cursor): readonly Suggestion[] {
  const present = beside.at(-1);
  return matching(
    keysOf(schemas).filter(({ label }) => label === typed || !present?.has(label)),
    typed,
  );
}

function suggestValues(
  schemas: readonly JsonSchema[],
  { path, typed, quoted }: Cursor,
  knownValues: KnownValues,
): readonly Suggestion[] {
  const values = valuesOf(schemas, knownValues(path), quoted);
  const found = matching(values, typed);
  // A value may be several words, such as targets: then the last one counts.
  const lastWord = /\S*$/.exec(typed)?.[0] ?? '';
  return found.length > 0 || lastWord === typed ? found : matching(values, lastWord);
}

type Found = Omit<Suggestion, 'replaces'>;

function matching(found: readonly Found[], typed: string): readonly Suggestion[] {
  return found.filter(({ label }) => label.startsWith(typed)).map((one) => ({ ...one, replaces: typed.length }));
}

function keysOf(schemas: readonly JsonSchema[]): readonly Found[] {
  const found = new Map<string, Found>();
  for (const [key, schema] of schemas.flatMap(({ properties = {} }) => Object.entries(properties))) {
    const { description = found.get(key)?.documentation, type } = schema;
    found.set(key, {
      label: key,
      kind: 'key',
      insertText: type === 'object' ? `${key}:` : `${key}: `,
      ...(description !== undefined && { documentation: description }),
    });
  }
  return [...found.values()];
}

function valuesOf(schemas: readonly JsonSchema[], known: readonly string[], quoted: boolean): readonly Found[] {
  const listed = new Map<string, string | undefined>(schemas.flatMap(listedBy));
  for (const label of known) if (!listed.has(label)) listed.set(label, undefined);
  return [...listed].map(([label, documentation]) => ({
    label,
    kind: 'value',
    insertText: quoted || !needsQuotes(label) ? label : `'${label}'`,
    ...(documentation !== undefined && { documentation }),
  }));
}

/** The values that a schema lists, with what they mean where it says so. */
function listedBy(schema: JsonSchema): readonly (readonly [string, string | undefined])[] {
  const { const: only, type, enumDescriptions = [] } = schema;
  const offered = schema.enum ?? (only !== undefined ? [only] : type === 'boolean' ? [true, false] : []);
  return offered.map((value, index) => [String(value), enumDescriptions[index]] as const);
}

/** Whether a plain scalar cannot begin so. */
function needsQuotes(label: string): boolean {
  return /^[@`!&*%#>|{[]/.test(label);
}
