import { SidebandError } from '../../base/errors';
import type { XmlElement } from '../../base/xml/element';
import { type FieldType, InvalidField, type ValueOf } from './fieldTypes';
import { type Instance, textOf } from './instance';
import { amtSchema, cimSchema, ipsSchema } from './namespaces';

export {
  base64,
  boolean,
  datetime,
  type FieldType,
  integer,
  interval,
  list,
  named,
  numberOf,
  reference,
  text,
} from './fieldTypes';

export type Fields = Readonly<Record<string, FieldType<unknown>>>;

export type Decoded<F extends Fields> = { readonly [K in keyof F]: ValueOf<F[K]> | Absent<F[K]> } & {
  /** What the class definition does not know or could not hold, as text. */
  readonly other: Readonly<Record<string, readonly string[]>>;
};

/** An array is never absent, only empty. */
type Absent<Type> = ValueOf<Type> extends readonly unknown[] ? never : undefined;

/** What is known of a CIM class. */
export interface CimClass<F extends Fields> {
  readonly name: string;
  readonly resourceUri: string;
  readonly fields: F;
  /**
   * Absent properties are undefined, absent arrays empty. Throws `protocol.invalid`, naming class and property, for a value that is
   * not of its type.
   */
  decode(instance: Instance): Decoded<F>;
}

/** An instance of the class, decoded. */
export type InstanceOf<C> = C extends CimClass<infer F> ? Decoded<F> : never;

export function amtUri(name: `AMT_${string}`): string {
  return amtSchema + name;
}

export function cimUri(name: `CIM_${string}`): string {
  return cimSchema + name;
}

export function ipsUri(name: `IPS_${string}`): string {
  return ipsSchema + name;
}

export function amtClass<F extends Fields>(name: `AMT_${string}`, fields: F): CimClass<F> {
  return defineClass(amtUri(name), name, fields);
}

export function cimClass<F extends Fields>(name: `CIM_${string}`, fields: F): CimClass<F> {
  return defineClass(cimUri(name), name, fields);
}

export function ipsClass<F extends Fields>(name: `IPS_${string}`, fields: F): CimClass<F> {
  return defineClass(ipsUri(name), name, fields);
}

/** Likewise for what a method returned. */
export function decodeOutput<F extends Fields>(output: Instance, fields: F): Decoded<F> {
  return decode(output.className, fields, output);
}

function defineClass<F extends Fields>(resourceUri: string, name: string, fields: F): CimClass<F> {
  return { name, resourceUri, fields, decode: (instance) => decode(name, fields, instance) };
}

function decode<F extends Fields>(name: string, fields: F, instance: Instance): Decoded<F> {
  const values: [string, unknown][] = [];
  const other: [string, readonly string[]][] = [];
  for (const [field, type] of Object.entries(fields)) {
    const { value, unread } = decodeField(`${name}.${field}`, type, instance.all(field));
    values.push([field, value]);
    if (unread.length > 0) other.push([field, unread.map(allText)]);
  }
  for (const property of instance.names) {
    if (!Object.hasOwn(fields, property)) other.push([property, instance.all(property).map(allText)]);
  }
  return { ...Object.fromEntries(values), other: Object.fromEntries(other) } as unknown as Decoded<F>;
}

function decodeField(
  what: string,
  type: FieldType<unknown>,
  elements: readonly XmlElement[],
): ReturnType<typeof type.decode> {
  try {
    return type.decode(elements);
  } catch (error) {
    if (!(error instanceof InvalidField)) throw error;
    throw new SidebandError('protocol.invalid', `${what} is ${error.message}`, { property: what });
  }
}

/** All text inside, that of nested elements too. */
function allText(element: XmlElement): string {
  if (element.children.length === 0) return textOf(element) ?? '';
  return [element.text, ...element.children.map(allText)].filter((part) => part !== '').join(' ');
}
