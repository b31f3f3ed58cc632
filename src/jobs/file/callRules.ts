import { expectedOf, mistakeInInputName, readInput } from './inputs';
import type { Input, Step } from './job';
import type { Mistake } from './mistake';
import { holdsTemplate } from './template';

type Given = Readonly<Record<string, unknown>>;

/** The values that a step gives to the job that it calls. */
export function givenInputs(step: Step): Given {
  const { inputs } = step.with;
  return typeof inputs === 'object' && inputs !== null ? (inputs as Given) : {};
}

/** The same with the defaults. */
export function boundInputs(step: Step, inputs: readonly Input[]): Given {
  const given = givenInputs(step);
  const values = inputs.map(({ name, default: preset }) => [name, Object.hasOwn(given, name) ? given[name] : preset]);
  return Object.fromEntries(values.filter(([, value]) => value !== undefined)) as Given;
}

/** What is wrong with the values that a step gives to the job that it calls. */
export function* callInputMistakes(step: Step, inputs: readonly Input[], path: Mistake['path']): Generator<Mistake> {
  const given = givenInputs(step);
  const at = [...path, 'with', 'inputs'];
  for (const [name, value] of Object.entries(given)) {
    const unknown = mistakeInInputName(name, inputs);
    if (unknown !== undefined) yield { path: [...at, name], message: unknown, at: 'key' };
    const input = inputs.find((one) => one.name === name);
    if (!input || holdsTemplate(value) || readInput(input, value) !== undefined) continue;
    yield { path: [...at, name], message: expectedOf(input, value) };
  }
  for (const { name, default: preset } of inputs) {
    if (preset !== undefined || Object.hasOwn(given, name)) continue;
    const where = Object.hasOwn(step.with, 'inputs') ? at : [...path, 'with'];
    yield { path: where, message: `the job that is called needs the input "${name}"`, at: 'key' };
  }
}
