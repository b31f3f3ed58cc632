import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { SidebandError } from '../base/errors';
import { formatProblem } from '../base/problem';
import { parseYamlFile } from '../base/yaml/yamlFile';
import type { Operation } from '../operations/operation';

/** Reads parameters from a YAML file: those that are in it. Throws `file.invalid` with every mistake and its place. */
export async function readParameterFile(
  file: string,
  operation: Pick<Operation, 'parameters'>,
): Promise<Record<string, unknown>> {
  // What goes together is checked when the command line's parameters have joined them.
  const schema = z.strictObject(operation.parameters.shape).partial();
  const text = await readText(file);
  const { value, problems } = parseYamlFile(text, file, schema);
  // Checking fills in defaults, which what was given elsewhere must not be overwritten with.
  const { value: inFile = {} } = parseYamlFile(text, file, z.record(z.string(), z.unknown()));
  if (value) return Object.fromEntries(Object.entries(value).filter(([name]) => name in inFile));
  throw new SidebandError('file.invalid', problems.map(formatProblem).join('; '));
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (thrown) {
    throw new SidebandError('file.invalid', `${file} cannot be read: ${(thrown as Error).message}`, {}, thrown);
  }
}
