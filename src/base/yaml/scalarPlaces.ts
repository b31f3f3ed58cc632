import type { Scalar } from 'yaml';

/** A part of a text, in UTF-16 units. */
export interface Span {
  readonly start: number;
  readonly length: number;
}

/** Where a part of a scalar's value stands in the source; nothing where its characters do not stand there one by one. */
export function rangeInside(
  { value, range, type }: Scalar,
  source: string,
  span: Span,
): readonly [start: number, end: number] | undefined {
  if (typeof value !== 'string' || !range) return undefined;
  const [start] = range;
  if (type === 'QUOTE_SINGLE') return inSingleQuotes(value, source.slice(start + 1), span, start + 1);
  const first = type === 'QUOTE_DOUBLE' ? start + 1 : start;
  if (type !== 'PLAIN' && type !== 'QUOTE_DOUBLE') return undefined;
  if (!source.startsWith(value, first)) return undefined;
  return [first + span.start, first + span.start + span.length];
}

/** In single quotes a quote is written twice, and nothing else is other than it looks. */
function inSingleQuotes(
  value: string,
  source: string,
  span: Span,
  first: number,
): readonly [start: number, end: number] | undefined {
  const written = (part: string): string => part.replaceAll("'", "''");
  if (!source.startsWith(`${written(value)}'`)) return undefined;
  const start = first + written(value.slice(0, span.start)).length;
  return [start, start + written(value.slice(span.start, span.start + span.length)).length];
}
