import { SidebandError } from '../../base/errors';
import { didYouMean } from '../../base/nearest';
import type { Input, InputValue, InputValues, Job } from './job';

const longestText = 10_000;

/** The values of a job's inputs: those that are given, texts as their types read them, and defaults. Throws `usage.invalid`. */
export function bindInputs(job: Job, given: Readonly<Record<string, unknown>>): InputValues {
  const values: [string, InputValue][] = [];
  const mistakes = unknownInputs(job.inputs, Object.keys(given));
  for (const input of job.inputs) {
    const value = Object.hasOwn(given, input.name) ? given[input.name] : undefined;
    const read = value === undefined ? input.default : readInput(input, value);
    if (read !== undefined) values.push([input.name, read]);
    else mistakes.push(`input ${input.name}: ${value === undefined ? 'it must be given' : expectedOf(input, value)}`);
  }
  if (mistakes.length === 0) return Object.fromEntries(values);
  throw new SidebandError('usage.invalid', `${job.name}: ${mistakes.join('; ')}`, { hint: hintFor(job.inputs) });
}

/** A value as its input's type reads it: `'12'` is a number where one is asked for. Nothing when it does not fit. */
export function readInput({ type, options }: Input, value: unknown): InputValue | undefined {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return undefined;
  const text = String(value);
  if (text.length > longestText) return undefined;
  switch (type) {
    case 'number':
      return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
    case 'boolean':
      return text === 'true' ? true : text === 'false' ? false : undefined;
    case 'choice':
      return options.includes(text) ? text : undefined;
    case 'string':
      return text;
  }
}

/** What an input takes, in a sentence: `one of a, b is expected`. */
export function expectedOf({ type, options }: Input, value: unknown): string {
  if (type === 'number') return 'a number is expected';
  if (type === 'boolean') return 'true or false is expected';
  if (type === 'string') return `text of at most ${longestText} characters is expected`;
  return `one of ${options.join(', ')} is expected.${didYouMean(String(value), options)}`;
}

/** What is wrong with a name that no input has; nothing where one has it. */
export function mistakeInInputName(name: string, inputs: readonly Input[]): string | undefined {
  const names = inputs.map((input) => input.name);
  if (names.includes(name)) return undefined;
  const hint = didYouMean(name, names);
  const offered = names.length > 0 ? ` There are: ${names.join(', ')}.` : ' It takes none.';
  return `no input is called "${name}".${hint === '' ? offered : hint}`;
}

function unknownInputs(inputs: readonly Input[], given: readonly string[]): string[] {
  return given.flatMap((name) => mistakeInInputName(name, inputs) ?? []);
}

function hintFor(inputs: readonly Input[]): string {
  const described = inputs.map(({ name, description = '' }) => (description === '' ? name : `${name}: ${description}`));
  return described.length > 0 ? `Its inputs are: ${described.join('; ')}.` : 'The job takes no inputs.';
}
