import { describe, expect, test } from 'vitest';
import { parseXml } from '../../../../src/base/xml/parseXml';
import {
  amtClass,
  amtUri,
  base64,
  boolean,
  cimClass,
  cimUri,
  datetime,
  integer,
  interval,
  ipsClass,
  ipsUri,
  list,
  named,
  numberOf,
  reference,
  text,
} from '../../../../src/protocols/wsman/cimClass';
import { Instance } from '../../../../src/protocols/wsman/instance';

const colours = { 0: 'red', 2: 'blue', 4294967295: 'all' } as const;
const thing = cimClass('CIM_Thing', {
  T: text,
  I: integer,
  B: boolean,
  D: datetime,
  V: interval,
  X: base64,
  R: reference,
  C: named(colours),
  LT: list(text),
  LI: list(integer),
  LC: list(named(colours)),
});

const nothing = {
  T: undefined,
  I: undefined,
  B: undefined,
  D: undefined,
  V: undefined,
  X: undefined,
  R: undefined,
  C: undefined,
  LT: [],
  LI: [],
  LC: [],
  other: {},
};

function decode(inside: string): object {
  const document = `<g:CIM_Thing xmlns:g="u" xmlns:h="http://schemas.dmtf.org/wbem/wscim/1/common"
    xmlns:b="http://schemas.xmlsoap.org/ws/2004/08/addressing" xmlns:c="http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd"
    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">${inside}</g:CIM_Thing>`;
  return thing.decode(Instance.read(parseXml(document)));
}

test('classes have the resource URIs of their schemas', () => {
  expect(cimClass('CIM_A', {}).resourceUri).toBe('http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_A');
  expect(amtClass('AMT_A', {}).resourceUri).toBe('http://intel.com/wbem/wscim/1/amt-schema/1/AMT_A');
  expect(ipsClass('IPS_A', {}).resourceUri).toBe('http://intel.com/wbem/wscim/1/ips-schema/1/IPS_A');
  expect(cimUri('CIM_A')).toBe('http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_A');
  expect(amtUri('AMT_A')).toBe('http://intel.com/wbem/wscim/1/amt-schema/1/AMT_A');
  expect(ipsUri('IPS_A')).toBe('http://intel.com/wbem/wscim/1/ips-schema/1/IPS_A');
});

test('what is absent is undefined, and arrays are empty', () => {
  expect(decode('')).toEqual(nothing);
});

describe('values', () => {
  test.each<[string, string, object]>([
    ['text as it came', '<g:T> 007 </g:T>', { T: ' 007 ' }],
    ['empty text', '<g:T/>', { T: '' }],
    ['number', '<g:I> 42 </g:I>', { I: 42 }],
    ['negative number', '<g:I>-1</g:I>', { I: -1 }],
    ['the largest safe number', '<g:I>9007199254740991</g:I>', { I: 9_007_199_254_740_991 }],
    ['number with leading zeros', '<g:I>0010</g:I>', { I: 10 }],
    ['true', '<g:B>true</g:B>', { B: true }],
    ['False', '<g:B>False</g:B>', { B: false }],
    ['1 as a boolean', '<g:B>1</g:B>', { B: true }],
    [
      'datetime',
      '<g:D>\n<h:Datetime>2020-08-10T01:02:03Z</h:Datetime>\n</g:D>',
      { D: new Date('2020-08-10T01:02:03Z') },
    ],
    ['bare datetime', '<g:D>2020-08-10T01:02:03Z</g:D>', { D: new Date('2020-08-10T01:02:03Z') }],
    ['interval', '<g:V><h:Interval>P0DT1H0M0S</h:Interval></g:V>', { V: 3_600_000 }],
    ['base64', '<g:X>AAH+\n/w==</g:X>', { X: Uint8Array.of(0, 1, 0xfe, 0xff) }],
    ['name', '<g:C>2</g:C>', { C: 'blue' }],
    ['name of a large number', '<g:C>4294967295</g:C>', { C: 'all' }],
    ['number without a name', '<g:C>7</g:C>', { C: 'unknown 7' }],
    ['array', '<g:LT>b</g:LT><g:LT></g:LT><g:LT>a</g:LT>', { LT: ['b', '', 'a'] }],
    ['array of one', '<g:LI>5</g:LI>', { LI: [5] }],
    ['array of names', '<g:LC>0</g:LC><g:LC>9</g:LC>', { LC: ['red', 'unknown 9'] }],
    ['nil', '<g:T xsi:nil="true"/><g:I xsi:nil="1"/>', {}],
    ['empty values that are no texts', '<g:I/><g:B/><g:D/><g:V/><g:X/><g:R/><g:C/>', {}],
    [
      'reference with a reference as its key',
      `<g:R><b:Address>urn:x</b:Address><b:ReferenceParameters><c:ResourceURI> urn:A </c:ResourceURI><c:SelectorSet>
         <c:Selector Name="Name"> a </c:Selector><c:Selector Name="Of"><b:EndpointReference><b:Address>y</b:Address>
         <b:ReferenceParameters><c:ResourceURI>urn:B</c:ResourceURI></b:ReferenceParameters></b:EndpointReference>
       </c:Selector></c:SelectorSet></b:ReferenceParameters></g:R>`,
      {
        R: {
          address: 'urn:x',
          resourceUri: 'urn:A',
          selectors: { Name: ' a ', Of: { address: 'y', resourceUri: 'urn:B', selectors: {} } },
        },
      },
    ],
    [
      'reference to nothing',
      '<g:R><b:Address>default</b:Address><b:ReferenceParameters><c:ResourceURI/><c:SelectorSet/></b:ReferenceParameters></g:R>',
      {},
    ],
  ])('%s', (_, inside, expected) => {
    expect(decode(inside)).toStrictEqual({ ...nothing, ...expected });
  });
});

describe('nothing is lost', () => {
  test.each<[string, string, object]>([
    ['a property that the class does not know', '<g:New>1</g:New><g:New>2</g:New>', { other: { New: ['1', '2'] } }],
    ['the text in an unknown one', '<g:New><h:A>1</h:A><h:B>2</h:B></g:New>', { other: { New: ['1 2'] } }],
    ['more than one where one is known', '<g:I>1</g:I><g:I>2</g:I>', { I: 1, other: { I: ['2'] } }],
    ['a number that is too large', '<g:I>18446744073709551615</g:I>', { other: { I: ['18446744073709551615'] } }],
    [
      'a number in an array that is too large',
      '<g:LI>1</g:LI><g:LI>9007199254740993</g:LI>',
      { LI: [1], other: { LI: ['9007199254740993'] } },
    ],
    [
      'a date that there is not',
      '<g:D><h:Datetime>0000-00-00T00:00:00Z</h:Datetime></g:D>',
      { other: { D: ['0000-00-00T00:00:00Z'] } },
    ],
    [
      'a property called as the prototype is',
      '<g:__proto__>1</g:__proto__>',
      { other: Object.fromEntries([['__proto__', ['1']]]) },
    ],
    ['elements where a text is known', '<g:T><h:A>1</h:A><h:B>2</h:B></g:T>', { other: { T: ['1 2'] } }],
    ['a property called as objects have them', '<g:toString>1</g:toString>', { other: { toString: ['1'] } }],
  ])('%s', (_, inside, expected) => {
    expect(decode(inside)).toStrictEqual({ ...nothing, ...expected });
  });

  test('a property and a key called as the prototype of objects', () => {
    const key = '<c:Selector Name="__proto__">1</c:Selector>';
    const object = `<b:ReferenceParameters><c:ResourceURI>u</c:ResourceURI><c:SelectorSet>${key}</c:SelectorSet></b:ReferenceParameters>`;
    const decoded = decode(`<g:__proto__>1</g:__proto__><g:R>${object}</g:R>`) as ReturnType<typeof thing.decode>;
    expect(Object.entries(decoded.other)).toEqual([['__proto__', ['1']]]);
    expect(Object.entries(decoded.R?.selectors ?? {})).toEqual([['__proto__', '1']]);
  });
});

describe('a value that is not of its type names class and property', () => {
  test.each([
    ['I', '<g:I>12 MB</g:I>'],
    ['I', '<g:I>1.5</g:I>'],
    ['I', '<g:I>0x10</g:I>'],
    ['I', '<g:I><h:A>1</h:A><h:B>2</h:B></g:I>'],
    ['B', '<g:B>yes</g:B>'],
    ['B', '<g:B>constructor</g:B>'],
    ['D', '<g:D>tomorrow</g:D>'],
    ['V', '<g:V>1 hour</g:V>'],
    ['X', '<g:X>test?</g:X>'],
    ['X', '<g:X>AAA</g:X>'],
    ['R', '<g:R>somewhere</g:R>'],
    ['C', '<g:C>blue</g:C>'],
    ['LI', '<g:LI>1</g:LI><g:LI>x</g:LI>'],
  ])('%s in %s', (property, inside) => {
    expect(() => decode(inside)).toThrow(
      expect.objectContaining({
        code: 'protocol.invalid',
        message: expect.stringMatching(`^CIM_Thing\\.${property} is no `) as string,
      }),
    );
  });
});

test('references nested without end are refused', () => {
  const open =
    '<c:Selector Name="k"><b:EndpointReference><b:ReferenceParameters><c:ResourceURI>u</c:ResourceURI><c:SelectorSet>';
  const close = '</c:SelectorSet></b:ReferenceParameters></b:EndpointReference></c:Selector>';
  const nested = (depth: number): string =>
    `<g:R><b:ReferenceParameters><c:ResourceURI>u</c:ResourceURI><c:SelectorSet>${open.repeat(depth)}${close.repeat(depth)}` +
    '</c:SelectorSet></b:ReferenceParameters></g:R>';
  expect(decode(nested(3))).toMatchObject({ R: { resourceUri: 'u' } });
  expect(() => decode(nested(12))).toThrow(expect.objectContaining({ code: 'protocol.invalid' }));
});

test('a word has its number', () => {
  expect(numberOf(colours, 'blue')).toBe(2);
  expect(numberOf(colours, 'all')).toBe(4_294_967_295);
});
