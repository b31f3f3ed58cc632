import { describe, expect, test } from 'vitest';
import { Secret } from '../../../../src/base/secret';
import { parseXml } from '../../../../src/base/xml/parseXml';
import { type Message, writeEnvelope } from '../../../../src/protocols/wsman/envelope';
import { Instance } from '../../../../src/protocols/wsman/instance';
import { propertyElements } from '../../../../src/protocols/wsman/sendable';
import { element } from '../../../../src/protocols/wsman/tree';
import type { Properties, Sendable } from '../../../../src/protocols/wsman/values';

const thing = 'urn:schema/CIM_Thing';
const address = '<a:Address>http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</a:Address>';

function envelope(message: Partial<Message>, maxEnvelopeBytes?: number): string {
  return writeEnvelope(
    { action: 'urn:action', resourceUri: thing, ...message },
    { to: '/wsman', messageId: '7', operationTimeoutMs: 30_000, maxEnvelopeBytes },
  );
}

/** What is inside the body of a request with these properties. */
function written(properties: Properties): string {
  const body = element(thing, 'Do_INPUT', propertyElements(thing, properties));
  return /<r:Do_INPUT>(.*)<\/r:Do_INPUT>/s.exec(envelope({ body }))?.[1] ?? '';
}

test('a request without a body', () => {
  expect(envelope({})).toBe(
    '<?xml version="1.0" encoding="UTF-8"?>' +
      '<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"' +
      ' xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing"' +
      ' xmlns:w="http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd">' +
      '<s:Header><a:Action>urn:action</a:Action><a:To>/wsman</a:To>' +
      '<w:ResourceURI>urn:schema/CIM_Thing</w:ResourceURI><a:MessageID>7</a:MessageID>' +
      `<a:ReplyTo>${address}</a:ReplyTo><w:OperationTimeout>PT30S</w:OperationTimeout></s:Header>` +
      '<s:Body/></s:Envelope>',
  );
});

test('selectors, the longest answer and other header blocks', () => {
  const other = { resourceUri: 'urn:Other', selectors: { Key: '1' } };
  const selectors = { InstanceID: 'A & "B"', Antecedent: other };
  const headers = [element('urn:header', 'Extra', 'x')];
  const text = envelope({ selectors, headers }, 51_200);
  expect(text).toContain(' xmlns:r="urn:header">');
  expect(text).toContain(
    '<w:MaxEnvelopeSize>51200</w:MaxEnvelopeSize><w:OperationTimeout>PT30S</w:OperationTimeout>' +
      '<w:SelectorSet><w:Selector Name="InstanceID">A &amp; &quot;B&quot;</w:Selector>' +
      `<w:Selector Name="Antecedent"><a:EndpointReference>${address}<a:ReferenceParameters>` +
      '<w:ResourceURI>urn:Other</w:ResourceURI><w:SelectorSet><w:Selector Name="Key">1</w:Selector></w:SelectorSet>' +
      '</a:ReferenceParameters></a:EndpointReference></w:Selector></w:SelectorSet><r:Extra>x</r:Extra></s:Header>',
  );
});

test('an empty selector set is left out', () => {
  expect(envelope({ selectors: {} })).not.toContain('SelectorSet');
});

describe('properties', () => {
  test.each<[string, Sendable, string]>([
    ['text', 'a < b', '<r:P>a &lt; b</r:P>'],
    ['empty text', '', '<r:P/>'],
    ['number', 4_294_967_295, '<r:P>4294967295</r:P>'],
    ['large number', 18_446_744_073_709_551_615n, '<r:P>18446744073709551615</r:P>'],
    ['boolean', false, '<r:P>false</r:P>'],
    ['bytes', Uint8Array.of(0, 1, 0xfe, 0xff), '<r:P>AAH+/w==</r:P>'],
    ['datetime', new Date('2026-01-02T03:04:05.678Z'), '<r:P><c:Datetime>2026-01-02T03:04:05Z</c:Datetime></r:P>'],
    ['interval', { intervalMs: 90_000 }, '<r:P><c:Interval>P0DT0H1M30S</c:Interval></r:P>'],
    ['secret', new Secret('p&ss'), '<r:P>p&amp;ss</r:P>'],
    ['null', null, '<r:P xsi:nil="true"/>'],
    ['undefined', undefined, ''],
    ['array', ['a', 'b'], '<r:P>a</r:P><r:P>b</r:P>'],
    ['empty array', [], ''],
    [
      'reference',
      { resourceUri: 'urn:Other', selectors: { Name: 'x' }, address: 'urn:as-received' },
      `<r:P>${address}<a:ReferenceParameters><w:ResourceURI>urn:Other</w:ResourceURI>` +
        '<w:SelectorSet><w:Selector Name="Name">x</w:Selector></w:SelectorSet></a:ReferenceParameters></r:P>',
    ],
    [
      'embedded instance, in its own namespace',
      { resourceUri: 'urn:Inner', properties: { A: 1, B: { resourceUri: 'urn:Innermost', properties: { C: 2 } } } },
      '<r:P><r1:A>1</r1:A><r1:B><r2:C>2</r2:C></r1:B></r:P>',
    ],
    [
      'embedded instance with its type',
      { className: 'Win32_Inner', resourceUri: 'urn:Inner', properties: { A: 1 } },
      '<r:P xsi:type="r1:Win32_Inner_Type"><r1:A>1</r1:A></r:P>',
    ],
  ])('%s', (_, value, expected) => {
    expect(written({ P: value })).toBe(expected);
  });

  test('keep the order in which they are given', () => {
    expect(written({ Z: 1, A: 2, M: 3 })).toBe('<r:Z>1</r:Z><r:A>2</r:A><r:M>3</r:M>');
  });

  test('whose text XML cannot carry are refused before anything is sent', () => {
    expect(() => written({ P: 'a\0b' })).toThrow(expect.objectContaining({ code: 'usage.invalid', effect: 'none' }));
  });
});

test('what a device sent is sent back as it was, under our prefixes', () => {
  const received = Instance.read(
    parseXml(
      '<g:CIM_Thing xmlns:g="urn:schema/CIM_Thing" xmlns:h="http://schemas.dmtf.org/wbem/wscim/1/common"' +
        ' xmlns:b="http://schemas.xmlsoap.org/ws/2004/08/addressing" xmlns:x="urn:foreign"' +
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="g:CIM_Thing_Type">' +
        '<g:A> 007 </g:A><g:B><h:Datetime>2020-08-10T00:00:00Z</h:Datetime></g:B><g:C xsi:nil="true"/>' +
        '<g:D>1</g:D><g:D>2</g:D><g:E><b:Address>default</b:Address></g:E><x:F y="1" x:z="2">&amp;</x:F>' +
        '<g:G xsi:type="g:Inner_Type"/></g:CIM_Thing>',
    ),
  );
  const text = envelope({ body: received.toElement() });
  expect(/<s:Body>(.*)<\/s:Body>/s.exec(text)?.[1]).toBe(
    '<r:CIM_Thing><r:A> 007 </r:A><r:B><c:Datetime>2020-08-10T00:00:00Z</c:Datetime></r:B><r:C xsi:nil="true"/>' +
      '<r:D>1</r:D><r:D>2</r:D><r:E><a:Address>default</a:Address></r:E><r1:F y="1" r1:z="2">&amp;</r1:F>' +
      '<r:G/></r:CIM_Thing>',
  );
});
