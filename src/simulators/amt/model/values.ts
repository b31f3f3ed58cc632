/** A reference to an instance: by class and keys, whose values may be references again. */
export interface Reference {
  readonly className: string;
  readonly keys: Keys;
}
export type Keys = Readonly<Record<string, string | Reference>>;

/** `2020-08-10T00:00:00Z` */
export interface Datetime {
  readonly datetime: string;
}

/** `P0DT1H0M0S` */
export interface Interval {
  readonly interval: string;
}

/** An instance inside a property. */
export interface EmbeddedInstance {
  readonly embedded: string;
  readonly properties: Properties;
}

/** What stands in a reply for a reference that could not be made. */
export const noReference = { isDefault: true } as const;

/** A property as plain data. An array repeats the element, an empty string is an empty element. */
export type Value =
  | string
  | number
  | boolean
  | Reference
  | Datetime
  | Interval
  | EmbeddedInstance
  | typeof noReference
  | readonly Value[];

/** `undefined` leaves the property out. Replies have the properties in alphabetical order, capital letters first. */
export type Properties = Readonly<Record<string, Value | undefined>>;

const schemas = {
  AMT: 'http://intel.com/wbem/wscim/1/amt-schema/1/',
  CIM: 'http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/',
  IPS: 'http://intel.com/wbem/wscim/1/ips-schema/1/',
} as const;

/** `AMT_`, `CIM_` or `IPS_`, and a name. */
export type ClassName = `${keyof typeof schemas}_${string}`;

export function resourceUri(className: string): string {
  const schema = className.slice(0, className.indexOf('_'));
  return (schema in schemas ? schemas[schema as keyof typeof schemas] : schemas.CIM) + className;
}

/** The class that a resource URI names, when the URI is one of the three schemas'. */
export function classOfUri(uri: string): string | undefined {
  const schema = Object.values(schemas).find((start) => uri.startsWith(start));
  return schema && uri.slice(schema.length);
}

export function reference(className: ClassName, keys: Keys): Reference {
  return { className, keys };
}

/** The keys that services and devices of AMT itself, or of the computer, have beside their own. */
export function systemKeys(className: ClassName, system: 'Intel(r) AMT' | 'ManagedSystem' = 'Intel(r) AMT') {
  return { CreationClassName: className, SystemCreationClassName: 'CIM_ComputerSystem', SystemName: system } as const;
}

/** The keys of {@link systemKeys} and `Name`, as the key list of a class. */
export const serviceKeys = ['CreationClassName', 'Name', 'SystemCreationClassName', 'SystemName'] as const;

/** Reference to the computer, as opposed to the management engine. */
export const managedSystem: Reference = reference('CIM_ComputerSystem', {
  CreationClassName: 'CIM_ComputerSystem',
  Name: 'ManagedSystem',
});

/** `2024-01-03T00:44:35Z`, from milliseconds since 1970. */
export function datetime(ms: number): Datetime {
  return { datetime: `${new Date(ms).toISOString().slice(0, 19)}Z` };
}

/** `P0DT1H0M0S`, from minutes. */
export function interval(minutes: number): Interval {
  const days = Math.floor(minutes / 1440);
  return { interval: `P${days}DT${Math.floor((minutes % 1440) / 60)}H${minutes % 60}M0S` };
}
