import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { SidebandError } from '../base/errors';
import { formatProblem } from '../base/problem';
import { parseYamlFile } from '../base/yaml/yamlFile';
import type { Operation } from '../operations/operation';

/** Reads an operation's parameters from a YAML file. Throws `file.invalid` with every mistake and its place. */
export async function readParameterFile(file: string, operation: Operation): Promise<Record<string, unknown>> {
  // What goes together is checked when the command line's parameters have joined them.
  const schema = z.strictObject(operation.parameters.shape).partial();
  const { value, problems } = parseYamlFile(await readText(file), file, schema);
  if (value) return value;
  throw new SidebandError('file.invalid', problems.map(formatProblem).join('; '));
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (thrown) {
    throw new SidebandError('file.invalid', `${file} cannot be read: ${(thrown as Error).message}`, {}, thrown);
  }
}
