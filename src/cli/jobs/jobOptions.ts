import { SidebandError } from '../../base/errors';
import type { Arguments, Option } from '../arguments';

const inputOption: Option = {
  name: 'input',
  value: 'NAME=VALUE',
  isList: true,
  description: 'a value that the job asks for; may be given several times',
};
const targetsOption: Option = { name: 'targets', value: 'TARGETS', description: 'in place of those of the file' };

/** What says on whom and with what a job is done. */
export const subjectOptions: readonly Option[] = [inputOption, targetsOption];

/** The values of `--input`, as texts. Throws `usage.invalid`. */
export function readInputs(args: Arguments): Readonly<Record<string, string>> {
  const given = splitAll(args, 'input', 'name=value');
  const names = given.map(([name]) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new SidebandError('usage.invalid', `--input: "${twice}" is given twice`);
  return Object.fromEntries(given);
}

/** `junit=out/junit.xml` and the like, in order. Throws `usage.invalid`. */
export function splitAll(args: Arguments, name: string, expected: string): readonly (readonly [string, string])[] {
  return (args.lists.get(name) ?? []).map((text) => {
    const equals = text.indexOf('=');
    if (equals > 0) return [text.slice(0, equals), text.slice(equals + 1)] as const;
    throw new SidebandError('usage.invalid', `--${name}: ${expected} is expected, not "${text}"`);
  });
}
