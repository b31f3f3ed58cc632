import { SidebandError } from '../../base/errors';
import type { XmlElement } from '../../base/xml/element';
import type { Instance } from '../../protocols/wsman/instance';
import { amtUri, cimUri, ipsUri } from '../../protocols/wsman/cimClass';
import type { AmtClient } from './client';

/** A property as the device sent it: text, what is inside it by name, or a list of either. */
export type AnyValue = string | { readonly [name: string]: AnyValue } | readonly AnyValue[];
export type AnyInstance = Readonly<Record<string, AnyValue>>;

const isSecret = /(password|passphrase|secret|pskvalue|communitystring)$/i;

export const classPattern = /^(AMT|CIM|IPS)_[A-Za-z0-9]+$/;

/** All instances of any class that the device has, whether or not Sideband knows the class. */
export async function readAnyClass(
  client: AmtClient,
  name: string,
  signal: AbortSignal,
): Promise<readonly (AnyInstance & { readonly class: string })[]> {
  const instances = await client.wsman.enumerate(uriOf(name), { signal });
  return instances.map((instance) => ({ class: instance.className, ...toPlain(instance) }));
}

function uriOf(name: string): string {
  const [, schema, rest = ''] = /^(AMT|CIM|IPS)_(.+)$/.exec(name) ?? [];
  switch (schema) {
    case 'AMT':
      return amtUri(`AMT_${rest}`);
    case 'CIM':
      return cimUri(`CIM_${rest}`);
    case 'IPS':
      return ipsUri(`IPS_${rest}`);
    default:
      throw new SidebandError('usage.invalid', `${name} is no class of Intel AMT: they begin with AMT_, CIM_ or IPS_`);
  }
}

function toPlain(instance: Instance): AnyInstance {
  return Object.fromEntries(instance.names.map((name) => [name, shown(name, manyOf(instance.all(name)))]));
}

/** Most firmware gives no secrets back; the community of SNMP traps it does. */
function shown(name: string, value: AnyValue): AnyValue {
  return isSecret.test(name) && value !== '' ? '***' : value;
}

function manyOf(elements: readonly XmlElement[]): AnyValue {
  const values = elements.map(valueOf);
  return values.length === 1 ? (values[0] ?? '') : values;
}

function valueOf({ children, text }: XmlElement): AnyValue {
  if (children.length === 0) return text;
  // A selector's name is an attribute, and the only one that says something.
  const byName = Map.groupBy(children, (child) => child.attributes.get('Name') ?? child.name);
  return Object.fromEntries([...byName].map(([name, elements]) => [name, manyOf(elements)]));
}
