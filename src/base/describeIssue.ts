import type * as z from 'zod';
import { didYouMean } from './nearest';

const typeWords: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping',
  record: 'a mapping',
  null: 'nothing',
  undefined: 'nothing',
};

const formatWords: Readonly<Record<string, string>> = {
  ipv4: 'an IPv4 address',
  ipv6: 'an IPv6 address',
  guid: 'a GUID',
  url: 'a URL',
};

/** What a value should have been, in a sentence for people: `a number is expected, not text`. */
export function describeIssue(issue: z.core.$ZodIssue, value: unknown): string {
  if (!isGeneric(issue.message)) return issue.message;
  switch (issue.code) {
    case 'invalid_type':
      return expected(wordFor(issue.expected), value, issue.expected);
    case 'invalid_value': {
      const hint = typeof value === 'string' ? didYouMean(value, issue.values.map(String)) : '';
      return `${oneOf(issue.values)} is expected${hint === '' ? '' : `.${hint}`}`;
    }
    case 'too_small':
      return `${amount(issue.origin, issue.inclusive === false ? 'more than' : 'at least', issue.minimum)} expected`;
    case 'too_big':
      return `${amount(issue.origin, issue.inclusive === false ? 'less than' : 'at most', issue.maximum)} expected`;
    case 'invalid_format':
      return formatWords[issue.format] === undefined ? issue.message : `${formatWords[issue.format] ?? ''} is expected`;
    case 'invalid_union': {
      const types = issue.errors
        .flat()
        .flatMap((inner) => (inner.code === 'invalid_type' ? [wordFor(inner.expected)] : []));
      return types.length > 0 ? `${listOr([...new Set(types)])} is expected` : issue.message;
    }
    default:
      return issue.message;
  }
}

/** What an unknown key may have meant, or all that could stand there. */
export function describeUnknownKey(key: string, known: readonly string[]): string {
  const suggestion = didYouMean(key, known);
  const offered = suggestion === '' && known.length > 0 ? ` Expected: ${known.join(', ')}.` : suggestion;
  return `"${key}" is not known here.${offered}`;
}

/** Whether a message is zod's own; a schema's own message says more. */
function isGeneric(message: string): boolean {
  return /^(Invalid (input|option|key|number|type|IPv4|IPv6|GUID|URL)|Too (small|big))\b/.test(message);
}

function wordFor(type: string): string {
  return typeWords[type] ?? type;
}

function expected(word: string, value: unknown, type: string): string {
  const received = value === null ? 'nothing' : wordFor(Array.isArray(value) ? 'array' : typeof value);
  if (value === undefined) return `${word} is expected`;
  return type === 'int' && typeof value === 'number' ? `${word} is expected` : `${word} is expected, not ${received}`;
}

function oneOf(values: readonly unknown[]): string {
  const words = values.map(String);
  return words.length > 1 ? `one of ${words.join(', ')}` : (words[0] ?? 'nothing');
}

function listOr(words: readonly string[]): string {
  return words.length > 1 ? `${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}` : words.join('');
}

function amount(origin: string, bound: string, limit: number | bigint): string {
  const many = limit !== 1 && limit !== 1n;
  if (origin === 'string') return `${bound} ${limit} ${many ? 'characters are' : 'character is'}`;
  if (origin === 'array') return `${bound} ${limit} ${many ? 'entries are' : 'entry is'}`;
  return `a number ${bound.endsWith('than') ? '' : 'of '}${bound} ${limit} is`;
}
