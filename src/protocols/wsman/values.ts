import type { Secret } from '../../base/secret';

/** A device's object named by its class and keys. DSP0226 section 5.1.2. */
export interface EndpointReference {
  readonly resourceUri: string;
  readonly selectors: Selectors;
  /** As received. What is sent says the anonymous role: devices do not check it. */
  readonly address?: string;
}

/** Keys by name. The key of an association is itself a reference. */
export type Selectors = Readonly<Record<string, string | EndpointReference>>;

/** An instance inside a property or parameter: its properties are elements of its own class's namespace. */
export interface Embedded {
  /** When given, it is sent as the type (`xsi:type`), as Windows wants it; Intel AMT takes none. */
  readonly className?: string;
  readonly resourceUri: string;
  readonly properties: Properties;
}

/** A CIM interval, DSP0230 section 7: sent as `P0DT1H0M0S`. */
export interface Interval {
  readonly intervalMs: number;
}

/**
 * What may be sent as a property or parameter: bytes as base64, a `Date` as a CIM datetime, null as `xsi:nil`. An array repeats the
 * element. What is undefined is left out.
 */
export type Sendable =
  | string
  | number
  | bigint
  | boolean
  | Uint8Array
  | Date
  | Secret
  | Interval
  | EndpointReference
  | Embedded
  | readonly Sendable[]
  | undefined
  | null;

export type Properties = Readonly<Record<string, Sendable>>;

/** Whether two references name the same object. The address, which devices make up, does not count. */
export function isSameReference(one: EndpointReference, other: EndpointReference): boolean {
  const names = Object.keys(one.selectors);
  return (
    one.resourceUri === other.resourceUri &&
    names.length === Object.keys(other.selectors).length &&
    names.every((name) => isSameKey(one.selectors[name], other.selectors[name]))
  );
}

type Key = Selectors[string] | undefined;

function isSameKey(one: Key, other: Key): boolean {
  if (typeof one === 'object' && typeof other === 'object') return isSameReference(one, other);
  return one !== undefined && one === other;
}
