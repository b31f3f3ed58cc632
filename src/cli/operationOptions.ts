import { resolve } from 'node:path';
import * as z from 'zod';
import { readParameterFile } from '../app/parameterFile';
import { SidebandError } from '../base/errors';
import { didYouMean } from '../base/nearest';
import type { Definitions } from '../fleet/definitions';
import { operations } from '../operations';
import type { Operation } from '../operations/operation';
import type { Arguments, Option } from './arguments';

interface ParameterSchema {
  readonly type?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
}

export function findOperation(id: string | undefined): Operation {
  const operation = operations.find((one) => one.id === id);
  if (operation) return operation;
  const ids = operations.map((one) => one.id);
  if (id === undefined) throw new SidebandError('usage.invalid', `an operation is expected: ${ids.join(', ')}`);
  throw new SidebandError('usage.invalid', `no operation "${id}".${didYouMean(id, ids)}`);
}

/** An operation's parameters as options, from its schema. Lists are given in a file. */
export function parameterOptions(operation: Operation): readonly Option[] {
  const options = Object.entries(parametersOf(operation)).filter(([, { type }]) => type !== 'array');
  return options.map(([name, { type, description = '', default: preset }]) => ({
    name,
    ...(type !== 'boolean' && { value: (type ?? 'value').toUpperCase() }),
    description:
      preset === undefined || preset === false ? description : `${description} (default: ${JSON.stringify(preset)})`,
  }));
}

/** The values that a parameter can have, as far as they can be listed. */
export function parameterValues(operation: Operation, name: string, definitions: Definitions): readonly string[] {
  const listed = parametersOf(operation)[name]?.enum ?? [];
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
  const schema = z.toJSONSchema(operation.parameters, { io: 'input' });
  return (schema.properties ?? {}) as Readonly<Record<string, ParameterSchema>>;
}
