import { partsOf } from '../file/expressionParts';
import { isTemplate, parseTemplate } from '../file/template';
import { evaluate, type Lookup, toText, unknown } from './evaluate';

/**
 * A value with all `${{ … }}` in its texts put in: a text that is exactly one keeps the type of what it stands for. `unknown` when a part
 * of it is.
 */
export function resolveValue(value: unknown, lookup: Lookup): unknown {
  if (typeof value === 'string') return isTemplate(value) ? resolveText(value, lookup) : value;
  if (Array.isArray(value)) {
    const entries = value.map((entry) => resolveValue(entry, lookup));
    return entries.includes(unknown) ? unknown : entries;
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, entry]) => [key, resolveValue(entry, lookup)] as const);
  return entries.some(([, entry]) => entry === unknown) ? unknown : Object.fromEntries(entries);
}

function resolveText(text: string, lookup: Lookup): unknown {
  const values = parseTemplate(text).map((part) =>
    typeof part === 'string' ? part : evaluate(part.expression, lookup),
  );
  if (values.includes(unknown)) return unknown;
  return values.length === 1 ? values[0] : values.map(toText).join('');
}

/** What a value names of the steps, of the inputs or of the computer, in order: `steps.fetch`. */
export function namedIn(value: unknown, root: 'steps' | 'inputs' | 'computer'): readonly string[] {
  return [...new Set(namesIn(value, root))];
}

function* namesIn(value: unknown, root: string): Generator<string> {
  if (typeof value === 'object' && value !== null) {
    for (const entry of Object.values(value)) yield* namesIn(entry, root);
  }
  if (typeof value !== 'string' || !isTemplate(value)) return;
  for (const part of parseTemplate(value)) {
    if (typeof part === 'string') continue;
    for (const inside of partsOf(part.expression)) {
      if (inside.kind === 'path' && inside.path[0] === root) yield inside.path.slice(0, 2).join('.');
    }
  }
}

/** Of an object's own; null for what it has not. */
export function valueOf(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return null;
  return (value as Readonly<Record<string, unknown>>)[key] ?? null;
}
