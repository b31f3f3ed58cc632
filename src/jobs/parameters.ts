import type * as z from 'zod';
import { describeIssue } from '../base/describeIssue';
import { SidebandError } from '../base/errors';
import { didYouMean } from '../base/nearest';
import type { Operation } from '../operations/operation';

/** Checks parameters by the operation's own schema and fills in the defaults. Throws `usage.invalid`. */
export function checkParameters(
  operation: Operation,
  parameters: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const checked = operation.parameters.safeParse(parameters);
  if (checked.success) return checked.data;
  const known = Object.keys(operation.parameters.shape);
  const mistakes = checked.error.issues.map((issue) => describe(issue, parameters, known));
  const hint = `See \`sideband help ${operation.id}\`.`;
  throw new SidebandError('usage.invalid', `${operation.id}: ${mistakes.join('; ')}`, { hint });
}

function describe(
  issue: z.core.$ZodIssue,
  parameters: Readonly<Record<string, unknown>>,
  known: readonly string[],
): string {
  if (issue.code !== 'unrecognized_keys') {
    const name = issue.path.join('.');
    // Of all of them together.
    if (name === '') return issue.message;
    return `parameter ${name}: ${describeIssue(issue, parameters[name])}`;
  }
  const offered = known.length > 0 ? ` It takes: ${known.join(', ')}.` : ' It takes none.';
  return issue.keys.map((key) => `no parameter "${key}".${didYouMean(key, known)}${offered}`).join('; ');
}
