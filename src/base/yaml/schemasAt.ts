import type { Beside } from './beside';

/** The part of JSON Schema that is read here. */
export interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly required?: readonly string[];
  readonly enum?: readonly unknown[];
  /** Of the values of `enum`, in their order; editors show them. */
  readonly enumDescriptions?: readonly string[];
  readonly const?: unknown;
  readonly items?: JsonSchema;
  readonly allOf?: readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
  readonly if?: JsonSchema;
  readonly then?: JsonSchema;
  readonly else?: JsonSchema;
  readonly $ref?: string;
  readonly definitions?: Readonly<Record<string, JsonSchema>>;
}

const nothing: Beside = new Map();

/**
 * All that a schema says of what is at a path, where items of lists are `*`. What depends on other values goes by those beside it: a
 * mapping for each key of the path, and one for the place itself.
 */
export function schemasAt(root: JsonSchema, path: readonly string[], beside: readonly Beside[]): readonly JsonSchema[] {
  let current = expand([root], root, beside[0] ?? nothing);
  for (const [depth, step] of path.entries()) {
    const next = current.flatMap((schema) => stepInto(schema, step) ?? []);
    current = expand(next, root, beside[depth + 1] ?? nothing);
  }
  return current;
}

function stepInto({ properties, additionalProperties, items }: JsonSchema, step: string): JsonSchema | undefined {
  if (step === '*') return items;
  if (properties && Object.hasOwn(properties, step)) return properties[step];
  return typeof additionalProperties === 'object' ? additionalProperties : undefined;
}

/** The schemas with all that they refer to, for a value whose scalars are known. */
function expand(schemas: readonly JsonSchema[], root: JsonSchema, values: Beside): readonly JsonSchema[] {
  const found = new Set<JsonSchema>();
  const enter = (schema: JsonSchema | undefined): void => {
    if (!schema || found.has(schema)) return;
    found.add(schema);
    enter(refersTo(schema, root));
    for (const part of [...(schema.allOf ?? []), ...(schema.anyOf ?? [])]) enter(part);
    if (schema.if) enter(fits(schema.if, values) ? schema.then : schema.else);
  };
  for (const schema of schemas) enter(schema);
  return [...found];
}

/** References are followed into the schema's own definitions alone. */
function refersTo({ $ref }: JsonSchema, { definitions = {} }: JsonSchema): JsonSchema | undefined {
  const name = /^#\/definitions\/([^/]+)$/.exec($ref ?? '')?.[1];
  return name !== undefined && Object.hasOwn(definitions, name) ? definitions[name] : undefined;
}

function fits({ properties = {}, required = [] }: JsonSchema, values: Beside): boolean {
  return (
    required.every((key) => values.has(key)) &&
    Object.entries(properties).every(([key, schema]) => !values.has(key) || allows(schema, values.get(key) ?? ''))
  );
}

function allows(
  { const: only, enum: offered = only === undefined ? undefined : [only] }: JsonSchema,
  value: string,
): boolean {
  return offered === undefined || offered.some((one) => String(one) === value);
}
