import { didYouMean } from '../../base/nearest';
import { isSecretKey } from '../../base/secret';
import { literalMistakes } from './checkExpressions';
import type { Input } from './job';
import type { InputOfFile, JobFile } from './jobFileSchema';
import type { Mistake } from './mistake';
import { holdsTemplate } from './template';

/** What is wrong with the declared inputs beyond their schema. */
export function* inputMistakes({ inputs, schedule }: JobFile): Generator<Mistake> {
  for (const [name, input] of Object.entries(inputs)) {
    const at = (key: string): readonly string[] => ['inputs', name, key];
    const { type, options } = input;
    const unfit = mistakeInName(name, input, schedule);
    if (unfit !== undefined) yield { path: ['inputs', name], message: unfit, at: 'key' };
    if (type === 'choice' && !options) {
      yield { path: at('type'), message: 'a choice needs `options`: what can be chosen' };
    }
    if (type !== 'choice' && options) {
      yield { path: at('options'), message: '`options` are for `type: choice`', at: 'key' };
    }
    for (const [index, option] of (options ?? []).entries()) {
      if (options?.indexOf(option) === index) continue;
      yield { path: [...at('options'), index], message: `"${option}" is there twice` };
    }
    const message = mistakeInDefault(input);
    if (message !== undefined) yield { path: at('default'), message };
    for (const [index, option] of (options ?? []).entries()) yield* literalMistakes(option, [...at('options'), index]);
  }
}

export function toInput(name: string, { type, description, default: preset, options = [] }: InputOfFile): Input {
  return {
    name,
    type,
    ...(description !== undefined && { description }),
    ...(preset !== undefined && { default: preset }),
    options,
  };
}

/** What keeps an input of this name from being used as it is meant to. */
function mistakeInName(
  name: string,
  { type, default: preset }: InputOfFile,
  schedule: JobFile['schedule'],
): string | undefined {
  if (type === 'string' && isSecretKey(name)) {
    return `"${name}": inputs are shown and recorded, so secrets are none; store them with \`sideband secret set\``;
  }
  if (schedule === undefined || preset !== undefined) return undefined;
  return `"${name}" needs a default: nobody is asked when the job runs by its schedule`;
}

function mistakeInDefault({ type, default: preset, options = [] }: InputOfFile): string | undefined {
  if (preset === undefined) return undefined;
  if (holdsTemplate(preset)) return 'a value is expected, without ${{ }}';
  if (type === 'number' || type === 'boolean') {
    if (typeof preset === type) return undefined;
    return type === 'number' ? 'a number is expected' : 'true or false is expected';
  }
  if (typeof preset !== 'string') return `text is expected: write it in quotes, as '${preset}'`;
  if (type === 'string' || options.length === 0 || options.includes(preset)) return undefined;
  return `one of ${options.join(', ')} is expected.${didYouMean(preset, options)}`;
}
