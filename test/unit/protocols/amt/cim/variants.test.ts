import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { XmlElement } from '../../../../../src/base/xml/element';
import { escapeXml } from '../../../../../src/base/xml/escapeXml';
import { parseXml } from '../../../../../src/base/xml/parseXml';
import { Instance } from '../../../../../src/protocols/wsman/instance';
import { readPullResponse, readReply } from '../../../../../src/protocols/wsman/response';
import { recorded } from '../../wsman/device';
import { amtServiceRecordings } from './amtServiceRecordings';
import { amtSettingRecordings } from './amtSettingRecordings';
import { cimHardwareRecordings } from './cimHardwareRecordings';
import { cimServiceRecordings } from './cimServiceRecordings';
import { ipsRecordings } from './ipsRecordings';
import { present } from './recordings';

const recordings = [
  ...amtServiceRecordings,
  ...amtSettingRecordings,
  ...cimHardwareRecordings,
  ...cimServiceRecordings,
  ...ipsRecordings,
];
const rows = recordings.flatMap(({ paths, ...rest }) => paths.map((path) => ({ path, ...rest })));
const classNames = new Set([...recordings.map(({ className }) => className), 'CIM_AssociatedPowerManagementService']);

/** How another device or version writes the same instances. */
interface Variant {
  readonly isPrefixed: boolean;
  /** By how many places the properties of an instance are moved round. */
  readonly turn: number;
  /** Properties that are new in that version. */
  readonly added: readonly string[];
  readonly between: string;
}

const variants = fc.record<Variant>({
  isPrefixed: fc.boolean(),
  turn: fc.nat(40),
  added: fc.uniqueArray(fc.constantFrom('AAANew', 'MidNew', 'zzNew'), { maxLength: 2 }),
  between: fc.constantFrom('', '\n', '\r\n    ', '<!-- x -->', '<?x y?>'),
});

test.each(rows)('$path, under other prefixes, in another order, with more in it', ({ path, decode, values }) => {
  const envelope = parseXml(recorded(`wsman/${path}.xml`));
  fc.assert(
    fc.property(variants, (variant) => {
      const expected = values.map((value) => withAdded(value, variant.added));
      expect(decodeAll(write(envelope, variant), decode)).toEqual(expected);
    }),
    { numRuns: 20 },
  );
});

function decodeAll(text: string, decode: (instance: Instance) => object): readonly object[] {
  const reply = readReply(text);
  const isPull = reply.content?.name === 'PullResponse';
  const elements = isPull ? readPullResponse(reply, '', 'Pull').items : reply.content ? [reply.content] : [];
  return elements.map((element) => present(decode(Instance.read(element))));
}

function withAdded(value: object, added: readonly string[]): object {
  const known = 'other' in value ? (value.other as object) : {};
  const other = { ...known, ...Object.fromEntries(added.map((name) => [name, ['x & y']])) };
  return present({ ...value, other });
}

function write(element: XmlElement, variant: Variant): string {
  const { isPrefixed, between } = variant;
  const { namespace, name } = element;
  const tag = isPrefixed ? `q:${name}` : name;
  const declaration = `xmlns${isPrefixed ? ':q' : ''}="${escapeXml(namespace)}"`;
  const attributes = [...element.attributes].map(([key, value]) => writeAttribute(key, value));
  const children = classNames.has(name) ? changedProperties(element, variant) : element.children;
  const content = children.length === 0 ? escapeXml(element.text) : between;
  const inside = children.map((child) => write(child, variant) + between).join('');
  return `<${tag} ${declaration}${attributes.join('')}>${content}${inside}</${tag}>`;
}

function writeAttribute(key: string, value: string): string {
  const [, namespace, name] = /^\{(.*)\}(.*)$/.exec(key) ?? [];
  const written = `="${escapeXml(value)}"`;
  return namespace === undefined ? ` ${key}${written}` : ` xmlns:z="${namespace}" z:${name ?? ''}${written}`;
}

/** Repeated elements are an array, whose order means something. */
function changedProperties({ namespace, children }: XmlElement, { turn, added }: Variant): readonly XmlElement[] {
  const names = [...new Set(children.map(({ name }) => name))];
  const at = turn % names.length;
  const turned = [...names.slice(at), ...names.slice(0, at)].flatMap((name) =>
    children.filter((child) => child.name === name),
  );
  const text = 'x & y';
  return [...turned, ...added.map((name) => ({ namespace, name, attributes: new Map(), children: [], text }))];
}
