import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromHex } from '../../../../src/base/bytes';
import { toSidebandError } from '../../../../src/base/errors';
import { convert, type Factors } from '../../../../src/protocols/ipmi/sdr/conversion';
import { decodeSdr } from '../../../../src/protocols/ipmi/sdr/record';
import { unitText } from '../../../../src/protocols/ipmi/sdr/units';
import { decodeTypeLength } from '../../../../src/protocols/ipmi/typeLength';

// Made by OpenIPMI's sdrcomp.
const records = {
  full: '040051013720010503010008020100000000140098040000c6c0d48001d200000000ff000000000000000000000000cc436f726520766f6c74616765',
  compact: '050051021f2000100f0100000d6f000000000000c000001499000000000000c442617920',
  eventOnly: '010051031520004d0302076f00000000c9435055206576656e74',
  fruLocator: '0200511112200380000010000a020089f05c031260ca35',
  controllerLocator: '030051120e2000000800000007010083623b02',
};

describe('records', () => {
  test('a full record is a sensor with factors', () => {
    expect(decodeSdr(fromHex(records.full))).toEqual([
      {
        ...{ kind: 'sensor', id: 4, ownerAddress: 0x20, lun: 1, number: 5, entityId: 3, entityInstance: 1 },
        ...{ sensorType: 2, eventType: 1, name: 'Core voltage', readableThresholds: 0b010100 },
        unit: { base: 4, modifier: 0, modifierUse: 0, rate: 3, percent: false },
        factors: { m: -58, b: -300, bExponent: 2, resultExponent: -3, format: 2, linearization: 0 },
      },
    ]);
  });

  test('a compact record stands for the sensors that share it', () => {
    expect(
      decodeSdr(fromHex(records.compact)).map(
        (record) => record.kind === 'sensor' && [record.number, record.entityInstance, record.name],
      ),
    ).toEqual([
      [16, 1, 'BayZ'],
      [17, 2, 'BayAA'],
      [18, 3, 'BayAB'],
      [19, 4, 'BayAC'],
    ]);
  });

  test('an event-only record', () => {
    expect(decodeSdr(fromHex(records.eventOnly))).toEqual([
      {
        ...{ kind: 'eventOnly', id: 1, ownerAddress: 0x20, lun: 0, number: 77, entityId: 3, entityInstance: 2 },
        ...{ sensorType: 7, eventType: 0x6f, name: 'CPU event' },
      },
    ]);
  });

  test('locators of FRU data and of controllers', () => {
    expect(decodeSdr(fromHex(records.fruLocator))).toEqual([
      {
        ...{ kind: 'fruLocator', id: 2, accessAddress: 0x20, isLogical: true, fruId: 3, lun: 0 },
        ...{ entityId: 10, entityInstance: 2, name: 'PSU 2 FRU' },
      },
    ]);
    expect(decodeSdr(fromHex(records.controllerLocator))).toEqual([
      { kind: 'controllerLocator', id: 3, address: 0x20, channel: 0, entityId: 7, entityInstance: 1, name: 'BMC' },
    ]);
  });

  test('a record of another type keeps its bytes', () => {
    const bytes = fromHex('0600 51c0 04 57010001'.replaceAll(' ', ''));
    expect(decodeSdr(bytes)).toEqual([{ kind: 'other', id: 6, type: 0xc0, bytes }]);
  });

  test('a name that is longer than its record is what is there', () => {
    const [record] = decodeSdr(fromHex(records.eventOnly).with(16, 0xdf));
    expect(record).toMatchObject({ name: 'CPU event' });
  });

  test.each(Object.entries(records))(
    '%s: every other length and every other byte is a record or a typed error',
    (_, hex) => {
      const whole = fromHex(hex);
      const decodes = (bytes: Uint8Array): boolean => {
        try {
          return decodeSdr(bytes).length <= 15;
        } catch (thrown) {
          return toSidebandError(thrown).code === 'protocol.truncated';
        }
      };
      for (let length = 0; length < whole.length; length++) expect(decodes(whole.subarray(0, length))).toBe(true);
      fc.assert(
        fc.property(fc.nat(whole.length - 1), fc.nat(255), (at, value) => decodes(whole.with(at, value))),
        { numRuns: 500 },
      );
    },
  );
});

describe('readings', () => {
  const factors: Factors = { m: 1, b: 0, bExponent: 0, resultExponent: 0, format: 0, linearization: 0 };
  // IPMI v2.0 section 36.3: L((M·x + B·10^K1)·10^K2).
  test.each<[string, number, Partial<Factors>, number]>([
    ['scaled', 0xcf, { m: 58, resultExponent: -3 }, 12.006],
    ['with an offset', 0x64, { b: -50 }, 50],
    ['of two’s complement', 0xf6, { format: 2 }, -10],
    ['of ones’ complement', 0xf5, { format: 1 }, -10],
    ['with all of it', 0xf6, { m: -58, b: -300, bExponent: 2, resultExponent: -3, format: 2 }, -29.42],
    ['natural logarithm', 10, { linearization: 1 }, 2.303],
    ['common logarithm', 100, { linearization: 2 }, 2],
    ['binary logarithm', 8, { linearization: 3 }, 3],
    ['power of e', 1, { linearization: 4 }, 2.718],
    ['power of ten', 3, { linearization: 5 }, 1000],
    ['power of two', 10, { linearization: 6 }, 1024],
    ['reciprocal', 8, { linearization: 7 }, 0.125],
    ['square', 12, { linearization: 8 }, 144],
    ['cube', 5, { linearization: 9 }, 125],
    ['square root', 144, { linearization: 10 }, 12],
    ['cube root', 125, { linearization: 11 }, 5],
    ['of a linearisation that nobody knows', 42, { linearization: 0x55 }, 42],
  ])('%s', (_, raw, own, value) => {
    expect(convert(raw, { ...factors, ...own })).toBe(value);
  });

  test.each<[string, Parameters<typeof unitText>[0]]>([
    ['V/s', { base: 4, modifier: 0, modifierUse: 0, rate: 3, percent: false }],
    ['W/V', { base: 6, modifier: 4, modifierUse: 1, rate: 0, percent: false }],
    ['V·A', { base: 4, modifier: 5, modifierUse: 2, rate: 0, percent: false }],
    ['%', { base: 0, modifier: 0, modifierUse: 0, rate: 0, percent: true }],
    ['', { base: 0, modifier: 0, modifierUse: 0, rate: 0, percent: false }],
  ])('the unit %s', (text, unit) => {
    expect(unitText(unit)).toBe(text);
  });
});

// IPMI v2.0 section 43.15; the packed text is the example of the FRU definition's section 13.
test.each([
  ['Latin-1', 0xc4, '466f6fe9', 'Fooé'],
  ['Latin-1, filled up', 0xc6, '466f6f200000', 'Foo'],
  ['6-bit packed ASCII', 0x83, '29dca6', 'IPMI'],
  ['BCD plus', 0x44, '12bcd0ef', '12-.:0,_'],
  ['Unicode', 0x04, '41004200', 'AB'],
])('a text in %s', (_, typeLength, hex, text) => {
  expect(decodeTypeLength(typeLength, fromHex(hex), 'sdr')).toBe(text);
});

test('binary FRU data is shown as it is', () => {
  expect(decodeTypeLength(0x03, fromHex('01fe7f'), 'fru')).toBe('01fe7f');
});
