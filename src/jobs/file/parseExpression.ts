import type { Span } from '../../base/yaml/scalarPlaces';
import type { Expression } from './expression';
import { ExpressionMistake, type Token, tokensOf } from './expressionTokens';

export interface ParsedExpression {
  readonly expression: Expression;
  /** Where each part of it stands in the text. */
  readonly spans: ReadonlyMap<Expression, Span>;
}

type Operator = Extract<Expression, { kind: 'binary' }>['operator'];

/** From the weakest to the strongest; equal ones go from left to right. */
const operators: readonly (readonly Operator[])[] = [['||'], ['&&'], ['==', '!='], ['<', '<=', '>', '>=']];
const constants: Readonly<Record<string, boolean | null>> = { true: true, false: false, null: null };
const deepest = 50;

/** Reads an expression. Throws `ExpressionMistake` for what breaks the grammar; what names mean is looked at elsewhere. */
export function parseExpression(text: string): ParsedExpression {
  const reader = new Reader(tokensOf(text));
  return { expression: reader.read(), spans: reader.spans };
}

class Reader {
  readonly spans = new Map<Expression, Span>();
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  read(): Expression {
    const expression = this.#binary(0);
    if (this.#now.kind !== 'end') throw this.#unexpected('an operator such as == or && is expected');
    return expression;
  }

  get #now(): Token {
    return this.#tokens[this.#at] ?? { kind: 'end', source: '', start: 0, length: 1 };
  }

  #binary(level: number): Expression {
    const offered = operators[level];
    if (!offered) return this.#unary();
    let left = this.#binary(level + 1);
    for (;;) {
      const operator = offered.find((one) => this.#isSymbol(one));
      if (operator === undefined) return left;
      this.#at++;
      const right = this.#binary(level + 1);
      left = this.#keep({ kind: 'binary', operator, left, right }, this.#startOf(left));
    }
  }

  #unary(): Expression {
    const { start } = this.#now;
    if (this.#take('!')) return this.#keep({ kind: 'not', of: this.#nested(() => this.#unary()) }, start);
    if (!this.#take('(')) return this.#primary();
    const inside = this.#nested(() => this.#binary(0));
    this.#expect(')');
    return inside;
  }

  #primary(): Expression {
    const token = this.#now;
    const { kind, source, start } = token;
    if (kind === 'end' || kind === 'symbol') throw this.#unexpected('a value is expected');
    this.#at++;
    if (kind === 'number') return this.#keep({ kind: 'literal', value: Number(source) }, start);
    if (kind === 'text') {
      return this.#keep({ kind: 'literal', value: source.slice(1, -1).replaceAll("''", "'") }, start);
    }
    if (this.#take('(')) return this.#keep({ kind: 'call', name: source, args: this.#arguments() }, start);
    const constant = Object.hasOwn(constants, source) ? constants[source] : undefined;
    return this.#keep(
      constant === undefined ? { kind: 'path', path: source.split('.') } : { kind: 'literal', value: constant },
      start,
    );
  }

  #arguments(): readonly Expression[] {
    const args: Expression[] = [];
    if (this.#take(')')) return args;
    do args.push(this.#nested(() => this.#binary(0)));
    while (this.#take(','));
    this.#expect(')');
    return args;
  }

  #nested<Result>(read: () => Result): Result {
    if (++this.#depth > deepest) throw new ExpressionMistake('this is nested too deeply', this.#now);
    const result = read();
    this.#depth--;
    return result;
  }

  #keep(expression: Expression, start: number): Expression {
    const last = this.#tokens[this.#at - 1];
    this.spans.set(expression, { start, length: (last ? last.start + last.length : start) - start });
    return expression;
  }

  #startOf(expression: Expression): number {
    return this.spans.get(expression)?.start ?? 0;
  }

  #isSymbol(symbol: string): boolean {
    return this.#now.kind === 'symbol' && this.#now.source === symbol;
  }

  #take(symbol: string): boolean {
    if (!this.#isSymbol(symbol)) return false;
    this.#at++;
    return true;
  }

  #expect(symbol: string): void {
    if (!this.#take(symbol)) throw this.#unexpected(`${symbol} is expected`);
  }

  #unexpected(expected: string): ExpressionMistake {
    const { kind, source } = this.#now;
    return new ExpressionMistake(kind === 'end' ? `${expected} at the end` : `${expected}, not ${source}`, this.#now);
  }
}
