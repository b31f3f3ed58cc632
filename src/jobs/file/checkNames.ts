import { describeUnknownKey } from '../../base/describeIssue';
import { didYouMean } from '../../base/nearest';
import type { Span } from '../../base/yaml/scalarPlaces';
import { outcomes } from '../result';
import type { Expression } from './expression';
import { partsOf } from './expressionParts';
import { functions, isFunction } from './functions';
import type { Input } from './job';
import type { ParsedExpression } from './parseExpression';

/** What an expression may name. */
export interface Names {
  /** Where it stands. */
  readonly in: 'targets' | 'with' | 'if';
  readonly inputs: readonly Pick<Input, 'name' | 'options'>[];
  /** The ids of the steps before it. */
  readonly earlier: readonly string[];
  /** The ids of the others, its own among them. */
  readonly later: readonly string[];
}

export interface NameMistake {
  readonly span: Span;
  readonly message: string;
}

const roots = ['inputs', 'computer', 'steps'];
const computerFields = ['name', 'host', 'site', 'tags'];
const stepFields = ['outcome', 'outputs'];

/** What is wrong with the names in an expression, with places in its text. */
export function* checkNames({ expression, spans }: ParsedExpression, names: Names): Generator<NameMistake> {
  for (const part of partsOf(expression)) {
    const place = (at: Expression): Span => spans.get(at) ?? { start: 0, length: 1 };
    const call = part.kind === 'call' ? mistakeInCall(part.name, part.args.length, names) : undefined;
    if (call !== undefined) yield { span: place(part), message: call };
    const literal = part.kind === 'binary' ? mistakenLiteral(part, names) : undefined;
    if (literal) yield { span: place(literal.at), message: literal.message };
    const found = part.kind === 'path' ? mistakeInPath(part.path, names) : undefined;
    if (found && part.kind === 'path') {
      const [message, word] = found;
      yield { span: word === undefined ? place(part) : spanOfWord(part.path, word, place(part).start), message };
    }
  }
}

/** What is wrong with a path, and with which of its words; without a number with all of it. */
type PathMistake = readonly [message: string, word?: number];

function spanOfWord(path: readonly string[], word: number, start: number): Span {
  const before = path.slice(0, word).join('.');
  return { start: start + (word === 0 ? 0 : before.length + 1), length: path[word]?.length ?? 1 };
}

function mistakeInCall(name: string, given: number, names: Names): string | undefined {
  if (!isFunction(name)) {
    const known = Object.keys(functions);
    const hint = didYouMean(name, known);
    return `no function is called "${name}".${hint === '' ? ` There are: ${known.join(', ')}.` : hint}`;
  }
  const { takes, isStatus } = functions[name];
  if (isStatus && names.in !== 'if') return `${name}() is for conditions alone`;
  if (given === takes) return undefined;
  return takes === 0 ? `${name}() takes no value` : `${name}() takes ${takes} values, not ${given}`;
}

function mistakeInPath([root = '', ...rest]: readonly string[], names: Names): PathMistake | undefined {
  if (isFunction(root) && rest.length === 0) return [`${root}() is expected: it is a function`];
  if (!roots.includes(root)) {
    return [`${describeUnknownKey(root, roots)}${rest.length === 0 ? ' Text is written in single quotes.' : ''}`, 0];
  }
  if (names.in === 'targets' && root !== 'inputs') return ['targets can name inputs alone: they say which computers'];
  if (root === 'inputs') return mistakeInInput(rest, names);
  return root === 'computer' ? mistakeInComputer(rest) : mistakeInStep(rest, names);
}

function mistakeInInput([name, ...rest]: readonly string[], { inputs }: Names): PathMistake | undefined {
  if (name === undefined) return ['an input is expected, as in inputs.name'];
  const known = inputs.map((input) => input.name);
  if (!known.includes(name)) return [`no input is called "${name}".${didYouMean(name, known)}`, 1];
  return rest.length > 0 ? [`inputs.${name} has no parts`, 2] : undefined;
}

function mistakeInComputer([field, ...rest]: readonly string[]): PathMistake | undefined {
  if (field === undefined) return [`a field is expected after computer: ${computerFields.join(', ')}`];
  if (!computerFields.includes(field)) return [describeUnknownKey(field, computerFields), 1];
  if (field === 'tags') return rest.length === 0 ? ['a tag is expected, as in computer.tags.site'] : undefined;
  return rest.length > 0 ? [`computer.${field} has no parts`, 2] : undefined;
}

function mistakeInStep([id, field, ...rest]: readonly string[], { earlier, later }: Names): PathMistake | undefined {
  if (id === undefined) return ['the id of a step is expected, as in steps.wake.outcome'];
  if (later.includes(id)) return [`the step "${id}" does not come before this one`, 1];
  if (!earlier.includes(id)) return [`no step before this one has the id "${id}".${didYouMean(id, earlier)}`, 1];
  if (field === undefined) return [`steps.${id}.outcome or steps.${id}.outputs is expected`];
  if (!stepFields.includes(field)) return [describeUnknownKey(field, stepFields), 2];
  return field === 'outcome' && rest.length > 0 ? ['an outcome has no parts', 3] : undefined;
}

/** A comparison with a text that the other side can never be. */
function mistakenLiteral(
  { operator, left, right }: Extract<Expression, { kind: 'binary' }>,
  names: Names,
): { readonly at: Expression; readonly message: string } | undefined {
  if (operator !== '==' && operator !== '!=') return undefined;
  const [path, at] = left.kind === 'path' ? [left.path, right] : right.kind === 'path' ? [right.path, left] : [];
  if (!path || at?.kind !== 'literal' || typeof at.value !== 'string') return undefined;
  const possible = valuesOf(path, names);
  if (possible.length === 0 || possible.includes(at.value)) return undefined;
  return { at, message: `one of ${possible.join(', ')} is expected.${didYouMean(at.value, possible)}` };
}

function valuesOf(path: readonly string[], { inputs }: Names): readonly string[] {
  const [root, name, field] = path;
  if (root === 'steps' && field === 'outcome' && path.length === 3) return outcomes;
  return root === 'inputs' && path.length === 2 ? (inputs.find((input) => input.name === name)?.options ?? []) : [];
}
