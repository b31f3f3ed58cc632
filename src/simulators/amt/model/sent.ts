import { findChild, type XmlElement } from '../../../base/xml/element';
import { invalidValue, missingValue } from './fault';
import { classOfUri, type Reference } from './values';

/** The parameters of a method, or an instance, as a console has sent them. */
export class Sent {
  readonly #element: XmlElement | undefined;

  constructor(element: XmlElement | undefined) {
    this.#element = element;
  }

  get names(): readonly string[] {
    return [...new Set(this.#children.map(({ name }) => name))];
  }

  has(name: string): boolean {
    return this.#first(name) !== undefined;
  }

  /** The text of the first such element, a date taken out of its `Datetime` or `Interval`. */
  text(name: string): string | undefined {
    const element = this.#first(name);
    return element && textOf(element);
  }

  /** Every repetition: an array. */
  texts(name: string): readonly string[] {
    return this.#children.filter((child) => child.name === name).map(textOf);
  }

  /** Faults with InvalidValues for what is no whole number. */
  integer(name: string): number | undefined {
    const text = this.text(name);
    return text === undefined ? undefined : toInteger(text);
  }

  integers(name: string): readonly number[] {
    return this.texts(name).map(toInteger);
  }

  /** Faults with InvalidValues for what is neither `true` nor `false`. */
  boolean(name: string): boolean | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    if (text === 'true' || text === '1') return true;
    if (text === 'false' || text === '0') return false;
    throw invalidValue();
  }

  /** An endpoint reference. Faults with InvalidValues for anything else. */
  reference(name: string): Reference | undefined {
    const element = this.#first(name);
    return element && toReference(element);
  }

  references(name: string): readonly Reference[] {
    return this.#children.filter((child) => child.name === name).map(toReference);
  }

  /** An instance inside, or nothing sent at all. */
  inner(name: string): Sent | undefined {
    const element = this.#first(name);
    return element && new Sent(element);
  }

  /** As it stands there, for what has attributes or is of any kind. */
  element(name: string): XmlElement | undefined {
    return this.#first(name);
  }

  /** Like the methods without `required`, faulting with MissingValues when there is none. */
  requiredText(name: string): string {
    return required(this.text(name));
  }

  requiredInteger(name: string): number {
    return required(this.integer(name));
  }

  requiredBoolean(name: string): boolean {
    return required(this.boolean(name));
  }

  requiredReference(name: string): Reference {
    return required(this.reference(name));
  }

  /** What was sent in words, for the list of calls. */
  summary(): Readonly<Record<string, string | readonly string[]>> {
    return Object.fromEntries(
      this.names.map((name) => {
        const texts = this.#children.filter((child) => child.name === name).map(summaryOf);
        return [name, texts.length === 1 ? (texts[0] ?? '') : texts];
      }),
    );
  }

  get #children(): readonly XmlElement[] {
    return this.#element?.children ?? [];
  }

  #first(name: string): XmlElement | undefined {
    return this.#children.find((child) => child.name === name);
  }
}

/** An endpoint reference, itself or inside an `EndpointReference` as keys have it. */
export function toReference(element: XmlElement): Reference {
  const outer = findChild(element, 'EndpointReference') ?? element;
  const parameters = findChild(outer, 'ReferenceParameters');
  const className = classOfUri(findChild(parameters, 'ResourceURI')?.text ?? '');
  if (className === undefined) throw invalidValue();
  return { className, keys: toKeys(findChild(parameters, 'SelectorSet')) };
}

/** The selectors of a `SelectorSet`. */
export function toKeys(set: XmlElement | undefined): Reference['keys'] {
  const selectors = set?.children.filter(({ name }) => name === 'Selector') ?? [];
  return Object.fromEntries(
    selectors.map((selector) => [
      selector.attributes.get('Name') ?? '',
      findChild(selector, 'EndpointReference') ? toReference(selector) : selector.text,
    ]),
  );
}

function textOf(element: XmlElement): string {
  const [only] = element.children;
  return only && (only.name === 'Datetime' || only.name === 'Interval') ? only.text : element.text;
}

function summaryOf(element: XmlElement): string {
  if (findChild(element, 'ReferenceParameters')) {
    const { className, keys } = toReference(element);
    return `${className} ${JSON.stringify(keys)}`;
  }
  const inner = element.children.map((child) => `${child.name}=${textOf(child)}`);
  return textOf(element) || inner.join(' ');
}

function toInteger(text: string): number {
  const value = Number(text);
  if (text === '' || !Number.isSafeInteger(value)) throw invalidValue();
  return value;
}

function required<T>(value: T | undefined): T {
  if (value === undefined) throw missingValue();
  return value;
}
