import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { findPath, type XmlElement } from '../../../../src/base/xml/element';
import { parseXml } from '../../../../src/base/xml/parseXml';
import { AmtFault } from '../../../../src/simulators/amt/model/fault';
import { faultEnvelope } from '../../../../src/simulators/amt/wire/envelope';
import { faultReply } from '../../../../src/simulators/amt/wire/httpReply';
import { readRequest } from '../../../../src/simulators/amt/wire/readRequest';
import { WsmanService } from '../../../../src/simulators/amt/wsmanService';
import {
  fixtures,
  leftOut,
  readRecording,
  recordedClasses,
  recordedFiles,
  type RecordedReply,
  recordedReplies,
} from './recordings';
import { type Reply, Soap } from './soap';

const transfer = 'http://schemas.xmlsoap.org/ws/2004/09/transfer';
const enumeration = 'http://schemas.xmlsoap.org/ws/2004/09/enumeration';
const limits = { maxBytes: 1_000_000, maxDepth: 32, maxElements: 10_000, maxAttributes: 32 };
/** What is new in each reply. */
const perReply = ['RelatesTo', 'MessageID', 'EnumerationContext'];

/** Three kinds of reply are asked for by the name of their file. */
const standard: Readonly<Record<string, (soap: Soap, name: `CIM_${string}`) => Reply>> = {
  'get.xml': (soap, name) => soap.send(`${transfer}/Get`, name, {}),
  'enumerate.xml': (soap, name) => enumerate(soap, name),
  'pull.xml': (soap, name) => pull(soap, name, 999),
};

const cases: readonly RecordedReply[] = [
  ...recordedClasses.flatMap(({ folder, prepare, ...rest }) =>
    recordedFiles(folder)
      .filter((file) => baseName(file) in standard && !(file in leftOut))
      .map((file) => ({
        ...rest,
        file,
        ask: (soap: Soap) => {
          prepare?.(soap);
          return standard[baseName(file)]!(soap, classOf(readRecording(file)));
        },
      })),
  ),
  ...recordedReplies,
];

test.each(cases)('$file: elements, order, namespaces and values', ({ file, device, varies = [], ask }) => {
  const recorded = readRecording(file);
  const { xml } = ask(new Soap(device));

  expect(namespaces(xml)).toEqual(namespaces(recorded));
  expect(lines(xml, varies)).toEqual(lines(recorded, varies));
});

test('every recorded file of a class that the simulator has is in the test above, or left out for a reason', () => {
  const covered = new Set(cases.map(({ file }) => file));
  const missing = recordedFiles().filter((file) => {
    const isLeftOut = Object.keys(leftOut).some((start) => file.startsWith(start));
    return !covered.has(file) && !isLeftOut && isKnown(classOf(readRecording(file)));
  });
  expect(missing).toEqual([]);
});

test('a pull of one instance goes on, as recorded; the next ends it without an instance', () => {
  const recorded = readRecording('cim/power/capabilities/pull.xml');
  const soap = new Soap({ profile: '12.0' });
  const first = pull(soap, 'CIM_PowerManagementCapabilities', 1);
  expect(lines(first.xml)).toEqual(lines(recorded));

  const context = findPath(first.body, 'EnumerationContext')!.text;
  const last = pullNext(soap, 'CIM_PowerManagementCapabilities', context, 1);
  const elements = last.body!.children.map(({ name, children }) => `${name}: ${children.length}`);
  expect(elements).toEqual(['Items: 0', 'EndOfSequence: 0']);
});

describe('requests of a real console', () => {
  test.each([
    ['amt/boot/settingdata/put.xml', 'AMT_BootSettingData'],
    ['amt/setupandconfiguration/getuuid.xml', 'GetUuid_OUTPUT'],
  ])('%s is understood', (file, answer) => {
    const recorded = readRecording(file)
      .replace('<h:GetUuid_OUTPUT', '<h:GetUuid_INPUT')
      .replace('</h:GetUuid_OUTPUT', '</h:GetUuid_INPUT');
    const request = readRequest(Buffer.from(recorded))!;
    const caller = { account: 'admin', isSecure: false, from: '127.0.0.1' };
    const { status, envelope } = new WsmanService(new Soap({ profile: '16.1' }).device).answer(request, caller);
    expect(status).toBe(200);
    expect(findPath(parseXml(envelope, limits), 'Body')!.children[0]!.name).toBe(answer);
  });

  test('GetUuid: the bytes of the PlatformGUID, in the same order, in base64', () => {
    const soap = new Soap();
    const { UUID } = soap.invoke('AMT_SetupAndConfigurationService', 'GetUuid');
    const { PlatformGUID } = soap.get('CIM_ComputerSystemPackage');
    expect(Buffer.from(String(UUID), 'base64').toString('hex').toUpperCase()).toBe(PlatformGUID);
  });
});

describe('faults, byte for byte', () => {
  const messageId = (end: string): string => `uuid:00000000-8086-8086-8086-${end}`;
  const already = { relatesTo: '31', messageId: messageId('000000023EEF') };

  test('AlreadyExists', () => {
    const recorded = readFileSync(`${fixtures}faults/alreadyexists.xml`, 'utf8');
    expect(faultEnvelope(new AmtFault('AlreadyExists'), already)).toBe(recorded);
  });

  test('DestinationUnreachable, which a class that nobody knows is answered with', () => {
    const recorded = readFileSync(`${fixtures}faults/destinationunreachable.xml`, 'utf8');
    const { status, xml } = new Soap().send(`${transfer}/Get`, 'AMT_NoSuchThing', {});
    expect(status).toBe(400);
    expect(
      xml.replace('<b:RelatesTo>7<', '<b:RelatesTo>0<').replace(messageId('000000000001'), messageId('000000000061')),
    ).toBe(recorded);
  });

  test('as an HTTP message', () => {
    const recorded = readFileSync(`${fixtures}http/400-chunked-fault-alreadyexists-amt15.0.23.http`);
    const facts = { version: '15.0.23.1706', now: Date.parse('2023-02-17T22:57:41Z') };
    const envelope = faultEnvelope(new AmtFault('AlreadyExists'), already);
    expect(faultReply(400, envelope, facts).toString('latin1')).toBe(recorded.toString('latin1'));
  });
});

function enumerate(soap: Soap, name: `CIM_${string}`): Reply {
  return soap.send(`${enumeration}/Enumerate`, name, { inner: `<n:Enumerate xmlns:n="${enumeration}"/>` });
}

function pull(soap: Soap, name: `CIM_${string}`, most: number): Reply {
  return pullNext(soap, name, findPath(enumerate(soap, name).body, 'EnumerationContext')!.text, most);
}

function pullNext(soap: Soap, name: `CIM_${string}`, context: string, most: number): Reply {
  const inner =
    `<n:Pull xmlns:n="${enumeration}"><n:EnumerationContext>${context}</n:EnumerationContext>` +
    `<n:MaxElements>${most}</n:MaxElements></n:Pull>`;
  return soap.send(`${enumeration}/Pull`, name, { inner });
}

function isKnown(name: `CIM_${string}`): boolean {
  return enumerate(new Soap({ profile: '16.1', hardware: 'laptop' }), name).status === 200;
}

/** The class in the header's resource URI. */
function classOf(recorded: string): `CIM_${string}` {
  const uri = findPath(parseXml(recorded, limits), 'Header', 'ResourceURI')!.text.trim();
  return uri.slice(uri.lastIndexOf('/') + 1) as `CIM_${string}`;
}

function baseName(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1);
}

/** Prefixes and namespaces in their order; recorded files have blanks around some. */
function namespaces(xml: string): readonly string[] {
  return [...xml.matchAll(/xmlns:(\w+)\s*=\s*"([^"]+)"/g)].map(([, prefix, uri]) => `${prefix}=${uri}`);
}

/** One line for each element without children: namespaces where they change, names from the outside in, attributes, text. */
function lines(xml: string, varies: readonly string[] = []): readonly string[] {
  return flatten(parseXml(xml, limits), { path: '', namespace: 'http://www.w3.org/2003/05/soap-envelope' }, [
    ...perReply,
    ...varies,
  ]);
}

function flatten(
  element: XmlElement,
  { path, namespace }: { readonly path: string; readonly namespace: string },
  varies: readonly string[],
): readonly string[] {
  const where = element.namespace === namespace ? '' : `{${element.namespace}}`;
  const attributes = [...element.attributes].map(([name, value]) => `[${name}=${value}]`).join('');
  const own = { path: `${path}/${where}${element.name}${attributes}`, namespace: element.namespace };
  if (element.children.length > 0) return element.children.flatMap((child) => flatten(child, own, varies));
  return [`${own.path}=${varies.includes(element.name) ? '*' : element.text.trim()}`];
}
