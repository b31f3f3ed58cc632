import { escapeXml } from '../../../base/xml/escapeXml';
import { type Properties, type Reference, resourceUri, type Value } from '../model/values';
import { anonymous } from './namespaces';

/** The prefixes of an instance: of its class, and of the CIM binding's common types that dates are made of. */
export interface Prefixes {
  readonly own: string;
  readonly common: string;
}

/** An instance as an element. Properties are in alphabetical order by character code. */
export function writeInstance(name: string, properties: Properties, prefixes: Prefixes): string {
  const written = Object.keys(properties)
    .sort()
    .map((property) => writeProperty(property, properties[property], prefixes));
  return `<${prefixes.own}:${name}>${written.join('')}</${prefixes.own}:${name}>`;
}

/** The out-parameters of a method, in the order that they have. */
export function writeOutput(name: string, parameters: Properties, prefixes: Prefixes): string {
  const written = Object.entries(parameters).map(([parameter, value]) => writeProperty(parameter, value, prefixes));
  return `<${prefixes.own}:${name}>${written.join('')}</${prefixes.own}:${name}>`;
}

export function writeProperty(name: string, value: Value | undefined, prefixes: Prefixes): string {
  if (value === undefined) return '';
  if (isList(value)) return value.map((one) => writeProperty(name, one, prefixes)).join('');
  return `<${prefixes.own}:${name}>${writeValue(value, prefixes)}</${prefixes.own}:${name}>`;
}

/** An endpoint reference without an element around it. */
export function writeReference({ className, keys }: Reference): string {
  return endpoint(anonymous, resourceUri(className), writeSelectors(keys));
}

function writeValue(value: Exclude<Value, readonly Value[]>, prefixes: Prefixes): string {
  if (typeof value === 'string') return escapeXml(value);
  if (typeof value !== 'object') return String(value);
  if ('className' in value) return writeReference(value);
  if ('datetime' in value) return wrap(`${prefixes.common}:Datetime`, value.datetime);
  if ('interval' in value) return wrap(`${prefixes.common}:Interval`, value.interval);
  if ('isDefault' in value) return endpoint('default', '', '');
  return Object.keys(value.properties)
    .sort()
    .map((property) => writeProperty(property, value.properties[property], prefixes))
    .join('');
}

/** In alphabetical order, as everything. */
function writeSelectors(keys: Reference['keys']): string {
  return Object.keys(keys)
    .sort()
    .map((name) => {
      const value = keys[name] ?? '';
      const content = typeof value === 'string' ? escapeXml(value) : wrap('b:EndpointReference', writeReference(value));
      return `<c:Selector Name="${escapeXml(name)}">${content}</c:Selector>`;
    })
    .join('');
}

function endpoint(address: string, uri: string, selectors: string): string {
  const parameters = wrap('c:ResourceURI', uri) + wrap('c:SelectorSet', selectors);
  return wrap('b:Address', address) + wrap('b:ReferenceParameters', parameters);
}

function wrap(name: string, content: string): string {
  return `<${name}>${content}</${name}>`;
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}
