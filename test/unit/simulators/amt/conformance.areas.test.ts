import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { findPath, type XmlElement } from '../../../../src/base/xml/element';
import { parseXml } from '../../../../src/base/xml/parseXml';
import type { AmtDeviceOptions } from '../../../../src/simulators/amt/device';
import { type ClassName, type Reply, Soap } from './soap';

const limits = { maxBytes: 100_000, maxDepth: 32, maxElements: 1000, maxAttributes: 32 };
const laptop: AmtDeviceOptions = { hardware: 'laptop' };

/** The names of everything in it, in their order; repetitions of an array once. */
function shape(element: XmlElement): unknown {
  const inside = element.children.map(shape);
  const once = inside.filter((one, index) => index === 0 || JSON.stringify(one) !== JSON.stringify(inside[index - 1]));
  return once.length === 0 ? element.name : { [element.name]: once };
}

function recorded(path: string): XmlElement | undefined {
  const file = new URL(`../../../fixtures/amt/wsman/${path}.xml`, import.meta.url);
  return findPath(parseXml(readFileSync(file), limits), 'Body')?.children[0];
}

function expectSameShape(reply: Reply, path: string): void {
  const expected = recorded(path);
  expect(reply.body && shape(reply.body)).toEqual(expected && shape(expected));
  expect(reply.header.children.map(({ name }) => name)).toEqual([
    'To',
    'RelatesTo',
    'Action',
    'MessageID',
    'ResourceURI',
  ]);
}

test.each<[string, ClassName, AmtDeviceOptions]>([
  ['amt/ethernetport', 'AMT_EthernetPortSettings', {}],
  ['ips/ipv6portsettings', 'IPS_IPv6PortSettings', {}],
])('Get %s', (path, name, options) => {
  expectSameShape(
    new Soap(options).send('http://schemas.xmlsoap.org/ws/2004/09/transfer/Get', name, {}),
    `${path}/get`,
  );
});

test.each<[string, ClassName, AmtDeviceOptions]>([
  ['amt/ethernetport', 'AMT_EthernetPortSettings', laptop],
  ['ips/ipv6portsettings', 'IPS_IPv6PortSettings', {}],
])('Pull %s', (path, name, options) => {
  expectSameShape(new Soap(options).pull(name), `${path}/pull`);
});
