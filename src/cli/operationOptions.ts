import * as z from 'zod';
import { SidebandError } from '../base/errors';
import { didYouMean } from '../base/nearest';
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

/** An operation's parameters as options, from its schema. */
export function parameterOptions(operation: Operation): readonly Option[] {
  return Object.entries(parametersOf(operation)).map(([name, { type, description = '', default: preset }]) => ({
    name,
    ...(type !== 'boolean' && { value: (type ?? 'value').toUpperCase() }),
    description:
      preset === undefined || preset === false ? description : `${description} (default: ${JSON.stringify(preset)})`,
  }));
}

/** The parameters as the operation's schema wants them; numbers are made from text. */
export function readParameters(operation: Operation, { options }: Arguments): Readonly<Record<string, unknown>> {
  const given: Record<string, unknown> = {};
  for (const [name, { type }] of Object.entries(parametersOf(operation))) {
    const value = options.get(name);
    if (value === undefined) continue;
    const isNumber =
      (type === 'number' || type === 'integer') && typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value);
    given[name] = isNumber ? Number(value) : value;
  }
  return given;
}

function parametersOf(operation: Operation): Readonly<Record<string, ParameterSchema>> {
  const schema = z.toJSONSchema(operation.parameters, { io: 'input' });
  return (schema.properties ?? {}) as Readonly<Record<string, ParameterSchema>>;
}
