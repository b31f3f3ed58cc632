import { didYouMean } from '../../base/nearest';
import type { Input } from './job';
import type { InputOfFile, JobFile } from './jobFileSchema';
import type { Mistake } from './mistake';
import { holdsTemplate } from './template';

/** What is wrong with the declared inputs beyond their schema. */
export function* inputMistakes({ inputs }: JobFile): Generator<Mistake> {
  for (const [name, input] of Object.entries(inputs)) {
    const at = (key: string): readonly string[] => ['inputs', name, key];
    const { type, options } = input;
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
