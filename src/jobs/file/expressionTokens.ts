import type { Span } from '../../base/yaml/scalarPlaces';

export type TokenKind = 'name' | 'text' | 'number' | 'symbol' | 'end';

/** A word of an expression. */
export interface Token extends Span {
  readonly kind: TokenKind;
  /** As it is written. */
  readonly source: string;
}

/** What is wrong with an expression, and where in its text. It does not leave this folder. */
export class ExpressionMistake extends Error {
  readonly span: Span;

  constructor(message: string, { start, length }: Span) {
    super(message);
    this.span = { start, length: Math.max(1, length) };
  }
}

/** In UTF-16 units. */
export const longestExpression = 2000;

/** A name goes on over its dots, so that a path is one word. */
const patterns: readonly (readonly [kind: TokenKind, pattern: RegExp])[] = [
  ['name', /[A-Za-z_][A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+)*/y],
  ['number', /-?\d+(?:\.\d+)?/y],
  ['text', /'(?:[^']|'')*'/y],
  ['symbol', /==|!=|<=|>=|&&|\|\||[<>!(),]/y],
];

/** What people write who come from other languages. */
const habits: Readonly<Record<string, string>> = {
  '"': "text is written in single quotes, as in 'done'",
  '=': '== is expected',
  '&': '&& is expected',
  '|': '|| is expected',
  '.': 'a name is expected before and after a dot',
  '+': 'there is no arithmetic',
  '[': 'a dot and a name are expected, not [',
};

/** The words of an expression, the last one of the kind `end`. Throws `ExpressionMistake`. */
export function tokensOf(text: string): readonly Token[] {
  if (text.length > longestExpression) {
    const message = `an expression of at most ${longestExpression} characters is expected`;
    throw new ExpressionMistake(message, { start: 0, length: text.length });
  }
  const tokens: Token[] = [];
  let at = spacesAfter(text, 0);
  while (at < text.length) {
    const token = readToken(text, at);
    tokens.push(token);
    at = spacesAfter(text, at + token.length);
  }
  return [...tokens, { kind: 'end', source: '', start: text.trimEnd().length, length: 1 }];
}

function readToken(text: string, start: number): Token {
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = start;
    const source = pattern.exec(text)?.[0];
    if (source !== undefined) return { kind, source, start, length: source.length };
  }
  const character = String.fromCodePoint(text.codePointAt(start) ?? 0);
  if (character === "'") {
    throw new ExpressionMistake('the text has no quote at its end', { start, length: text.length - start });
  }
  const why = habits[character] ?? `"${character}" has no meaning here`;
  throw new ExpressionMistake(why, { start, length: character.length });
}

function spacesAfter(text: string, at: number): number {
  const rest = text.slice(at);
  return at + (rest.length - rest.trimStart().length);
}
