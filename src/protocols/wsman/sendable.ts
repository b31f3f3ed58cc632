import { toBase64 } from '../../base/base64';
import { Secret } from '../../base/secret';
import type { XmlElement } from '../../base/xml/element';
import { formatDatetime, formatInterval } from './datetime';
import { namespaces } from './namespaces';
import { referenceContent } from './reference';
import { element } from './tree';
import type { Embedded, Properties, Sendable } from './values';

const nil = `{${namespaces.instance}}nil`;
const type = `{${namespaces.instance}}type`;

/** The elements that carry a property or parameter: none for undefined, one per value of an array. */
export function toElements(namespace: string, name: string, value: Sendable): readonly XmlElement[] {
  if (value === undefined) return [];
  if (isArray(value)) return value.flatMap((one) => toElements(namespace, name, one));
  if (value === null) return [element(namespace, name, '', { [nil]: 'true' })];
  if (typeof value === 'object' && 'properties' in value) return [embed(namespace, name, value)];
  return [element(namespace, name, toContent(value))];
}

export function propertyElements(resourceUri: string, properties: Properties): readonly XmlElement[] {
  return Object.entries(properties).flatMap(([name, value]) => toElements(resourceUri, name, value));
}

function embed(namespace: string, name: string, { className, resourceUri, properties }: Embedded): XmlElement {
  // The writer turns the name in braces into a prefixed one.
  const attributes = className === undefined ? undefined : { [type]: `{${resourceUri}}${className}_Type` };
  return element(namespace, name, propertyElements(resourceUri, properties), attributes);
}

type Single = Exclude<Sendable, undefined | null | Embedded | readonly Sendable[]>;

function toContent(value: Single): string | readonly XmlElement[] {
  if (typeof value !== 'object') return String(value);
  if (value instanceof Uint8Array) return toBase64(value);
  if (value instanceof Date) return [element(namespaces.common, 'Datetime', formatDatetime(value))];
  if (value instanceof Secret) return value.reveal();
  if ('intervalMs' in value) return [element(namespaces.common, 'Interval', formatInterval(value.intervalMs))];
  return referenceContent(value);
}

function isArray(value: Sendable): value is readonly Sendable[] {
  return Array.isArray(value);
}
