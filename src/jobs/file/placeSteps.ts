import { toInput } from './inputRules';
import type { JobFile } from './jobFileSchema';
import type { Mistake } from './mistake';
import type { PlacedStep } from './stepRules';

/** The steps of a file, each with those before and after it, and what is wrong with their ids. */
export function placeSteps({ steps, finally: last, inputs }: JobFile): {
  readonly placed: readonly PlacedStep[];
  readonly mistakes: readonly Mistake[];
} {
  const known = Object.entries(inputs).map(([name, input]) => toInput(name, input));
  const placed: (PlacedStep & { readonly earlier: PlacedStep[]; readonly later: PlacedStep[] })[] = [
    ...steps.map((step, index) => ({ step, path: ['steps', index], id: step.id ?? `step-${index + 1}` })),
    ...last.map((step, index) => ({ step, path: ['finally', index], id: step.id ?? `finally-${index + 1}` })),
  ].map((one) => ({ ...one, inputs: known, earlier: [], later: [] }));
  for (const [index, one] of placed.entries()) {
    one.earlier.push(...placed.slice(0, index));
    one.later.push(...placed.slice(index + 1));
  }
  const mistakes = placed
    .filter(
      ({ step, id }, index) =>
        step.id !== undefined &&
        placed.some(
          (other, at) => other !== placed[index] && other.id === id && (at < index || other.step.id === undefined),
        ),
    )
    .map(({ path, id }) => ({ path: [...path, 'id'], message: `the id "${id}" is there twice` }));
  return { placed, mistakes };
}
