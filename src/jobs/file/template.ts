import type { Span } from '../../base/yaml/scalarPlaces';
import { ExpressionMistake } from './expressionTokens';
import { type ParsedExpression, parseExpression } from './parseExpression';

const opening = '${{';
const closing = '}}';
const mostKept = 1000;

/** A part of a text with `${{ … }}`: text, or an expression with its place. */
export type TemplatePart = string | (ParsedExpression & { readonly start: number });

export function isTemplate(text: string): boolean {
  return text.includes(opening);
}

/** Whether a value holds `${{ … }}` anywhere. */
export function holdsTemplate(value: unknown): boolean {
  if (typeof value === 'string') return isTemplate(value);
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsTemplate);
}

/** A text and its expressions, in order; without empty texts. Throws `ExpressionMistake` with places in the whole text. */
export function parseTemplate(text: string): readonly TemplatePart[] {
  const parts: TemplatePart[] = [];
  let at = 0;
  for (let from = text.indexOf(opening); from >= 0; from = text.indexOf(opening, at)) {
    if (from > at) parts.push(text.slice(at, from));
    const start = from + opening.length;
    const end = endOf(text, start, { start: from, length: opening.length });
    parts.push({ ...parseAt(text.slice(start, end), start), start });
    at = end + closing.length;
  }
  return at < text.length ? [...parts, text.slice(at)] : parts;
}

/** Reads the expression of an `if`, bare or in `${{ }}`. */
export function parseCondition(text: string): ParsedExpression & { readonly start: number } {
  if (!isTemplate(text)) return { ...parseAt(text, 0), start: 0 };
  const [only, ...more] = parseTemplate(text).filter((part) => typeof part !== 'string' || part.trim() !== '');
  if (only !== undefined && typeof only !== 'string' && more.length === 0) return only;
  const start = text.indexOf(opening);
  throw new ExpressionMistake('all of a condition stands in one ${{ }}, or without it', { start, length: 3 });
}

/** Where the expression ends: text in quotes may hold braces. */
function endOf(text: string, start: number, place: Span): number {
  let inQuotes = false;
  for (let at = start; at < text.length; at++) {
    if (text[at] === "'") inQuotes = !inQuotes;
    else if (!inQuotes && text.startsWith(closing, at)) return at;
  }
  // Quotes that do not end are the mistake, then.
  const end = text.indexOf(closing, start);
  if (end >= 0) return end;
  throw new ExpressionMistake('}} is missing after this', place);
}

const kept = new Map<string, ParsedExpression>();

/** Ten thousand computers ask for the same few texts. */
function parseAt(text: string, start: number): ParsedExpression {
  const known = kept.get(text);
  if (known) return known;
  try {
    const parsed = parseExpression(text);
    if (kept.size >= mostKept) kept.clear();
    kept.set(text, parsed);
    return parsed;
  } catch (thrown) {
    if (!(thrown instanceof ExpressionMistake)) throw thrown;
    throw new ExpressionMistake(thrown.message, { ...thrown.span, start: thrown.span.start + start });
  }
}
