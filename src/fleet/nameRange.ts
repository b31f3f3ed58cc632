import { SidebandError } from '../base/errors';

const mostNames = 100_000;

/** A name that a pattern stands for, and what its brackets stood for. */
export interface ExpandedName {
  readonly name: string;
  readonly values: readonly string[];
}

export function hasRange(pattern: string): boolean {
  return pattern.includes('[') || pattern.includes(']');
}

/**
 * All names of `node[001-250]`, `rack[1-3]-pdu[a,b]` or a plain name. Zeros in front are kept. Throws `targets.invalid` for a
 * bracket that is empty, open, or runs backwards, and for more than 100,000 names.
 */
export function expandNames(pattern: string): readonly ExpandedName[] {
  const parts = pattern.split(/\[([^[\]]*)\]/);
  let names: ExpandedName[] = [{ name: parts[0] ?? '', values: [] }];
  for (let at = 1; at < parts.length; at += 2) {
    const values = expandBracket(parts[at] ?? '', pattern);
    const tail = parts[at + 1] ?? '';
    if (names.length * values.length > mostNames) throw invalid(pattern, `more than ${mostNames} names`);
    names = names.flatMap((one) =>
      values.map((value) => ({ name: one.name + value + tail, values: [...one.values, value] })),
    );
  }
  if (names.some(({ name }) => /[[\]]/.test(name))) throw invalid(pattern, 'a bracket is not closed');
  return names;
}

function expandBracket(content: string, pattern: string): readonly string[] {
  const values: string[] = [];
  for (const piece of content.split(',')) {
    const [, from = '', to = ''] = /^(\d{1,9})-(\d{1,9})$/.exec(piece) ?? [];
    if (from !== '') {
      const count = Number(to) - Number(from) + 1;
      if (count < 1) throw invalid(pattern, `[${piece}] runs backwards`);
      if (values.length + count > mostNames) throw invalid(pattern, `more than ${mostNames} names`);
      const width = from.startsWith('0') ? from.length : 0;
      for (let index = 0; index < count; index++) values.push(String(Number(from) + index).padStart(width, '0'));
    } else if (/^[A-Za-z0-9_.]+$/.test(piece)) values.push(piece);
    else throw invalid(pattern, `"[${content}]" is not a range such as [001-050] or a list such as [a,b]`);
  }
  return values;
}

function invalid(pattern: string, why: string): SidebandError {
  return new SidebandError('targets.invalid', `"${pattern}": ${why}`);
}
