import { checkNames, type Names } from './checkNames';
import { ExpressionMistake } from './expressionTokens';
import type { Mistake } from './mistake';
import { isTemplate, parseCondition, parseTemplate, type TemplatePart } from './template';

type Path = Mistake['path'];

/** What is wrong with the expressions in a value. */
export function* templateMistakes(value: unknown, path: Path, names: Names): Generator<Mistake> {
  if (typeof value === 'string' && isTemplate(value)) yield* textMistakes(() => parseTemplate(value), path, names);
  if (Array.isArray(value)) {
    for (const [index, entry] of value.entries()) yield* templateMistakes(entry, [...path, index], names);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, entry] of Object.entries(value)) yield* templateMistakes(entry, [...path, key], names);
  }
}

/** What looks like an expression where a text is taken as it is. */
export function* literalMistakes(text: string | undefined, path: Path): Generator<Mistake> {
  if (text === undefined || !isTemplate(text)) return;
  yield { path, message: 'text is expected, without ${{ }}: it is taken as it is' };
}

/** What is wrong with the expression of an `if`. */
export function conditionMistakes(text: string, path: Path, names: Names): Iterable<Mistake> {
  return textMistakes(() => [parseCondition(text)], path, names);
}

function* textMistakes(parse: () => readonly TemplatePart[], path: Path, names: Names): Generator<Mistake> {
  try {
    for (const part of parse()) {
      if (typeof part === 'string') continue;
      for (const { span, message } of checkNames(part, names)) {
        yield { path, message, at: { ...span, start: span.start + part.start } };
      }
    }
  } catch (thrown) {
    if (!(thrown instanceof ExpressionMistake)) throw thrown;
    yield { path, message: thrown.message, at: thrown.span };
  }
}
