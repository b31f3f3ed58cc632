import { resolve } from 'node:path';
import * as z from 'zod';
import { readParameterFile } from '../app/parameterFile';
import { SidebandError } from '../base/errors';
import { didYouMean } from '../base/nearest';
import type { Definitions } from '../fleet/definitions';
import { type Loaded, loadOperation } from '../operations/load';
import type { Operation } from '../operations/operation';
import { type Arguments, type Option, toKebab } from './arguments';

interface ParameterSchema {
  readonly type?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly (string | number)[];
  readonly items?: ParameterSchema;
  readonly anyOf?: readonly ParameterSchema[];
}

/** An operation that can be done by itself, loaded without the others. Rejects with `usage.invalid`. */
export async function findOperation(id: string | undefined): Promise<Loaded> {
  const loaded = id === undefined ? undefined : await loadOperation(id);
  if (loaded?.operation.followUp) {
    const message = `${loaded.operation.id} is a step of a job: it goes on from an earlier step`;
    throw new SidebandError('usage.invalid', message, { hint: `See \`sideband help ${loaded.operation.id}\`.` });
  }
  if (loaded) return loaded;
  const { directOperations } = await import('../operations');
  const ids = directOperations.map((one) => one.id);
  if (id === undefined) throw new SidebandError('usage.invalid', `an operation is expected: ${ids.join(', ')}`);
  throw new SidebandError('usage.invalid', `no operation "${id}".${didYouMean(id, ids)}`);
}

/** An operation's parameters as options, from its schema. Lists of more than words are given in a file. */
export function parameterOptions(operation: Operation): readonly Option[] {
  const required = requiredOf(operation);
  const options = Object.entries(parametersOf(operation)).filter(([, { type }]) => type !== 'array');
  return options.map(([name, schema]) => ({
    name,
    ...(schema.type === 'boolean' ? { isNegatable: schema.default !== false } : { value: valueWord(schema) }),
    description: describe(schema, required.includes(name)),
  }));
}

/** The options of an example, as they are written. What only a file holds is in one. */
export function exampleOptions(operation: Operation): string {
  const parameters = parametersOf(operation);
  const required = requiredOf(operation);
  const options = operation.example
    ? Object.entries(operation.example).map(([name, value]) => formatOption(name, value))
    : required
        .filter((name) => parameters[name]?.type !== 'array')
        .map((name) => formatOption(name, parameters[name]?.enum?.[0] ?? valueWord(parameters[name] ?? {})));
  const file = required.some((name) => parameters[name]?.type === 'array') ? ['--with FILE'] : [];
  return [...options, ...file].map((option) => ` ${option}`).join('');
}

function formatOption(name: string, value: unknown): string {
  if (typeof value === 'boolean') return `--${value ? '' : 'no-'}${toKebab(name)}`;
  return `--${toKebab(name)} ${String(value)}`;
}

function valueWord(schema: ParameterSchema): string {
  if (schema.enum) return 'VALUE';
  if (listIn(schema)) return 'LIST';
  return (schema.type ?? schema.anyOf?.[0]?.type ?? 'string').toUpperCase();
}

function describe(schema: ParameterSchema, isRequired: boolean): string {
  const { description = '', default: preset, type } = schema;
  const list = listIn(schema);
  const words = schema.enum ?? list?.items?.enum ?? [];
  const notes = [
    ...(isRequired ? ['required'] : []),
    ...(list ? [`with commas between${words.length > 0 ? `: ${words.join(', ')}` : ''}`] : []),
    ...(!list && words.length > 0 ? [`one of ${words.join(', ')}`] : []),
    ...(preset === undefined || preset === false ? [] : [`default: ${presetWord(preset, type)}`]),
  ];
  return notes.length > 0 ? `${description} (${notes.join('; ')})` : description;
}

/** A parameter that takes a list also takes it as text. */
function listIn({ anyOf }: ParameterSchema): ParameterSchema | undefined {
  return anyOf?.find(({ type }) => type === 'array');
}

function presetWord(preset: unknown, type: string | undefined): string {
  if (type === 'boolean') return preset === true ? 'on' : 'off';
  return typeof preset === 'string' ? preset : JSON.stringify(preset);
}

/** The values that a parameter can have, as far as they can be listed. */
export function parameterValues(operation: Operation, name: string, definitions: Definitions): readonly string[] {
  const schema = parametersOf(operation)[name] ?? {};
  const listed = schema.enum ?? listIn(schema)?.items?.enum ?? [];
  const choices = operation.choices?.(definitions)[name] ?? [];
  return [...listed.map(String), ...choices.map(({ value }) => value)];
}

/** The parameters of the file after `--with`, and over them those of the command line; numbers are made from text. */
export async function readParameters(
  operation: Operation,
  { options }: Arguments,
  folder: string,
): Promise<Readonly<Record<string, unknown>>> {
  const file = options.get('with');
  const given = typeof file === 'string' ? await readParameterFile(resolve(folder, file), operation) : {};
  for (const [name, { type }] of Object.entries(parametersOf(operation))) {
    const value = options.get(name);
    if (value === undefined) continue;
    const isNumber =
      (type === 'number' || type === 'integer') && typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value);
    given[name] = isNumber ? Number(value) : value;
  }
  const missing = Object.entries(parametersOf(operation)).find(
    ([name, { type }]) => type === 'array' && !(name in given),
  );
  if (!missing) return given;
  throw new SidebandError('usage.invalid', `${operation.id}: its ${missing[0]} come from a YAML file: --with FILE`);
}

function parametersOf(operation: Operation): Readonly<Record<string, ParameterSchema>> {
  return (schemaOf(operation).properties ?? {}) as Readonly<Record<string, ParameterSchema>>;
}

function requiredOf(operation: Operation): readonly string[] {
  return schemaOf(operation).required ?? [];
}

function schemaOf(operation: Operation) {
  return z.toJSONSchema(operation.parameters, { io: 'input' });
}
