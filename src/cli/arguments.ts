import { SidebandError } from '../base/errors';
import { didYouMean } from '../base/nearest';

/** An option of the command line. */
export interface Option {
  /** Without the dashes. */
  readonly name: string;
  /** What stands for its value in help; absent for a switch. */
  readonly value?: string;
  /** The value of an option that is given without one; a value is then joined to it with `=`. */
  readonly valueIfBare?: string;
  /** It may be given several times, and every value counts. */
  readonly isList?: boolean;
  /** A switch that is of use switched off too, by `--no-` before its name. */
  readonly isNegatable?: boolean;
  readonly description: string;
}

export interface Arguments {
  readonly positionals: readonly string[];
  /** Switches are `true`, or `false` after `--no-`. */
  readonly options: ReadonlyMap<string, string | boolean>;
  /** The values of the options that may be given several times. */
  readonly lists: ReadonlyMap<string, readonly string[]>;
}

/** The first word that is neither an option nor an option's value. */
export function findCommand(argv: readonly string[], known: readonly Option[]): string | undefined {
  const isValueOf = (before: string | undefined): boolean =>
    known.some(({ name, value, valueIfBare }) => value && !valueIfBare && before === `--${toKebab(name)}`);
  return argv.find((word, index) => !word.startsWith('-') && !isValueOf(argv[index - 1]));
}

/** Parts words from options, which may stand anywhere; after `--` there are none. Throws `usage.invalid`. */
export function parseArguments(argv: readonly string[], known: readonly Option[]): Arguments {
  const positionals: string[] = [];
  const options = new Map<string, string | boolean>();
  const lists = new Map<string, string[]>();
  const words = [...argv];
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (word === '--') {
      positionals.push(...words.splice(0));
    } else if (!word.startsWith('--')) {
      positionals.push(word);
    } else {
      const [name, inline] = split(word.slice(2));
      const { option, isNegated } = find(name, known);
      const value = readValue(option, { inline, isNegated, words });
      options.set(option.name, value);
      if (option.isList) lists.set(option.name, [...(lists.get(option.name) ?? []), String(value)]);
    }
  }
  return { positionals, options, lists };
}

export function text(args: Arguments, name: string): string | undefined {
  const value = args.options.get(name);
  return typeof value === 'string' ? value : undefined;
}

export function isOn(args: Arguments, name: string): boolean {
  return args.options.get(name) === true;
}

function split(word: string): readonly [name: string, value: string | undefined] {
  const equals = word.indexOf('=');
  return equals < 0 ? [word, undefined] : [word.slice(0, equals), word.slice(equals + 1)];
}

function find(name: string, known: readonly Option[]): { readonly option: Option; readonly isNegated: boolean } {
  const spelt = (one: Option, written: string): boolean => one.name === written || toKebab(one.name) === written;
  const option = known.find((one) => spelt(one, name));
  if (option) return { option, isNegated: false };
  const negated = name.startsWith('no-') ? known.find((one) => !one.value && spelt(one, name.slice(3))) : undefined;
  if (negated) return { option: negated, isNegated: true };
  const names = known.map((one) => toKebab(one.name));
  throw new SidebandError('usage.invalid', `no option --${name}.${didYouMean(name, names)}`);
}

function readValue(
  option: Option,
  from: { readonly inline: string | undefined; readonly isNegated: boolean; readonly words: string[] },
): string | boolean {
  const { inline, isNegated, words } = from;
  if (option.value === undefined) {
    // Not a word of its own: it could be the name of a computer.
    if (inline === undefined) return !isNegated;
    if (inline === 'true' || inline === 'false') return inline === 'true';
    throw new SidebandError('usage.invalid', `--${option.name} is a switch and takes no value`);
  }
  const value = inline ?? option.valueIfBare ?? words.shift();
  if (value === undefined || (inline === undefined && value.startsWith('--'))) {
    throw new SidebandError('usage.invalid', `--${option.name} needs a value: ${option.value}`);
  }
  return value;
}

export function toKebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
