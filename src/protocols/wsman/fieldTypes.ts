import { fromBase64 } from '../../base/base64';
import type { XmlElement } from '../../base/xml/element';
import { parseDatetime, parseInterval } from './datetime';
import { isNil, isWrapped, textOf } from './instance';
import { readReference } from './reference';
import type { EndpointReference } from './values';

/** How a property is read. */
export interface FieldType<T> {
  /** Throws `InvalidField` for what is not of this type. */
  decode(elements: readonly XmlElement[]): FieldValue<T>;
}

export interface FieldValue<T> {
  /** Undefined when absent, nil or, except for texts, empty. */
  readonly value: T | undefined;
  /** What does not fit the type although it is legal: it is listed as text and not lost. */
  readonly unread: readonly XmlElement[];
}

/** What a decoded property is. */
export type ValueOf<Type> = Type extends FieldType<infer T> ? T : never;

/** A value that is not of its property's type. Becomes `protocol.invalid` where class and property are known. */
export class InvalidField extends Error {}

const legalButNoValue = Symbol('no value');

/** As it came, with leading zeros and trailing spaces. Elements in its place are listed as text in `other`. */
export const text = single((element) =>
  element.children.length > 0 && !isWrapped(element) ? legalButNoValue : textOf(element),
);

/** A whole number. One beyond 2^53 is listed as text in `other`. */
export const integer = single((element) =>
  scalar(element, 'whole number', (digits) => {
    if (!/^[+-]?\d{1,40}$/.test(digits)) return undefined;
    const value = Number(digits);
    return Number.isSafeInteger(value) ? value : legalButNoValue;
  }),
);

const booleans: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
]);

export const boolean = single((element) => scalar(element, 'boolean', (word) => booleans.get(word.toLowerCase())));

/** A point in time. One that there is not, such as in month 0, is listed as text in `other`. */
export const datetime = single((element) =>
  scalar(element, 'datetime', (word) => {
    const moment = parseDatetime(word);
    return moment === 'nothing' ? legalButNoValue : moment;
  }),
);

/** Milliseconds. */
export const interval = single((element) => scalar(element, 'interval', parseInterval));

export const base64: FieldType<Uint8Array> = single((element) =>
  scalar(element, 'base64', (digits) => {
    try {
      return fromBase64(digits);
    } catch {
      return undefined;
    }
  }),
);

/** Undefined for the reference to nothing that devices write for an output they could not produce. */
export const reference: FieldType<EndpointReference> = single((element) => {
  const found = readReference(element);
  if (!found && element.children.length === 0 && element.text.trim() !== '') throw new InvalidField('no reference');
  return found;
});

/** An array: repeated elements, none when it is absent. */
export function list<T>(type: FieldType<T>): FieldType<readonly T[]> {
  return {
    decode(elements) {
      const value: T[] = [];
      const unread: XmlElement[] = [];
      for (const element of elements) {
        const decoded = type.decode([element]);
        if (decoded.value !== undefined) value.push(decoded.value);
        unread.push(...decoded.unread);
      }
      return { value, unread };
    },
  };
}

/** The values of a property and what they mean: `ValueMap` and `Values` of its definition. */
export type ValueNames = Readonly<Record<number, string>>;

export type NamedBy<Names extends ValueNames> = Names[keyof Names] | `unknown ${number}`;

/** A number that stands for a word; one without a word is `unknown` and the number. */
export function named<const Names extends ValueNames>(names: Names): FieldType<NamedBy<Names>> {
  const words: ValueNames = names;
  return {
    decode(elements) {
      const { value, unread } = integer.decode(elements);
      const word = value === undefined ? undefined : (words[value] ?? `unknown ${value}`);
      return { value: word as NamedBy<Names> | undefined, unread };
    },
  };
}

/** The number that stands for a word. */
export function numberOf<Names extends ValueNames>(names: Names, word: Names[keyof Names]): number {
  const found = Object.entries(names).find(([, name]) => name === word);
  if (!found) throw new RangeError(`no value is called ${String(word)}`);
  return Number(found[0]);
}

type Read<T> = T | undefined | typeof legalButNoValue;

function single<T>(read: (element: XmlElement) => Read<T>): FieldType<T> {
  return {
    decode([first, ...rest]) {
      if (!first) return { value: undefined, unread: [] };
      const value = isNil(first) ? undefined : read(first);
      return value === legalButNoValue ? { value: undefined, unread: [first, ...rest] } : { value, unread: rest };
    },
  };
}

function scalar<T>(element: XmlElement, what: string, parse: (text: string) => Read<T>): Read<T> {
  const word = textOf(element)?.trim() ?? '';
  if (word === '' && element.children.length === 0) return undefined;
  const value = parse(word);
  if (value === undefined) throw new InvalidField(`no ${what}`);
  return value;
}
