import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatProblem } from '../../../../src/base/problem';
import {
  type AddressRange,
  formatAddresses,
  maskOf,
  parseAddresses,
  prefixOf,
} from '../../../../src/fleet/filters/addresses';
import { countFilters, parseFilterSet } from '../../../../src/fleet/filters/filterFile';
import {
  antiSpoofings,
  type Direction,
  type Filter,
  type FilterSet,
  type Match,
} from '../../../../src/fleet/filters/filterSet';
import { FilterSets } from '../../../../src/fleet/filters/filterSets';
import { actions, toTreatment, verdicts } from '../../../../src/fleet/filters/treatment';
import { writeFilterSet } from '../../../../src/fleet/filters/writeFilterSet';

test('the built-in set opens what a computer needs to be mended, and is found by its name', () => {
  const set = FilterSets.builtIn.get('open-ports');
  expect(set.filters.map(({ name }) => name)).toEqual([
    'ARP',
    'DHCP',
    'DNS',
    'DNS TCP',
    'NTP',
    'Kerberos',
    'Krb UDP',
    'NetBIOS',
    'NetBIOS S',
    'LDAP',
    'LDAP UDP',
    'LDAPS',
    'HTTP',
    'HTTPS',
  ]);
  expect(countFilters(set)).toBe(30);
  expect(set).toMatchObject({ antiSpoofing: 'on', pingLimit: 10, otherwise: { outbound: { action: 'drop' } } });
});

test('a name that no set has is told with the nearest, or with all', () => {
  const sets = new FilterSets([{ ...FilterSets.builtIn.get('open-ports'), name: 'strict' }]);
  expect(() => sets.get('stict')).toThrow(
    expect.objectContaining({
      code: 'usage.invalid',
      message: 'no filter set is called "stict". Did you mean "strict"?',
    }),
  );
  expect(() => sets.get('q')).toThrow('no filter set is called "q". There are: open-ports, strict.');
});

test.each([
  ['10.0.4.0/24', { ip: 4, address: '0A000400', prefix: 24 }],
  ['192.168.0.1', { ip: 4, address: 'C0A80001', prefix: 32 }],
  ['192.168.0.1-192.168.1.4', { ip: 4, first: 'C0A80001', last: 'C0A80104' }],
  ['fe80::/10', { ip: 6, address: 'FE800000000000000000000000000000', prefix: 10 }],
  ['::1', { ip: 6, address: '00000000000000000000000000000001', prefix: 128 }],
  [
    '2001:db8::1-2001:db8::2',
    { ip: 6, first: '20010DB8000000000000000000000001', last: '20010DB8000000000000000000000002' },
  ],
] satisfies [string, AddressRange][])('%s is read and written', (text, range) => {
  expect(parseAddresses(text)).toEqual(range);
  expect(formatAddresses(range)).toBe(text);
});

test.each([
  '10.0.0',
  '10.0.0.256',
  '1.2.3.4/33',
  '1.2.3.4/0',
  '::1/129',
  '1.2.3.4-::1',
  'fe80::1%eth0',
  '1-2-3',
  '',
  '/',
  '-',
])('%j is no range of addresses', (text) => {
  expect(() => parseAddresses(text)).toThrow();
});

test('masks and prefixes', () => {
  expect(maskOf(4, 20)).toBe('FFFFF000');
  expect(maskOf(6, 10)).toBe('FFC00000000000000000000000000000');
  expect([prefixOf('FFFFF000'), prefixOf('FFFFFFFF'), prefixOf('00000000'), prefixOf('FF00FF00')]).toEqual([
    20,
    32,
    0,
    undefined,
  ]);
});

const port = fc.integer({ min: 1, max: 65535 });
const range = fc.tuple(port, port).map(([a, b]) => ({ first: Math.min(a, b), last: Math.max(a, b) }));
const single = port.map((at) => ({ first: at, last: at }));
const address = fc.constantFrom(...['10.0.4.0/24', '10.0.0.7', '10.0.0.7-10.0.0.9'].map(parseAddresses));
const ipMatch = fc.oneof(
  fc.record({ ip: fc.constantFrom(4, 6), protocol: fc.constantFrom(6, 17), remotePorts: range }),
  fc.record({ ip: fc.constantFrom(4, 6), protocol: fc.constantFrom(6, 17), remotePorts: single, localPorts: single }),
  fc.record({ ip: fc.constant(4), remoteAddresses: address, localAddresses: address }),
  fc.record({ ip: fc.constantFrom(4, 6), protocol: fc.constantFrom(0, 2, 47, 255) }),
  fc.record({ ip: fc.constant(4), protocol: fc.constant(1) }),
  fc.record({ ip: fc.constant(6), protocol: fc.constant(58) }),
  fc.record({ etherType: fc.integer({ min: 0x0600, max: 0xffff }) }),
) as fc.Arbitrary<Match>;
const treatment = fc
  .constantFrom(...actions)
  .map((words) => toTreatment(words, words.startsWith('limit') ? 7 : undefined));
const filter = fc.record({
  directions: fc.constantFrom<readonly Direction[]>(['outbound', 'inbound'], ['outbound'], ['inbound']),
  treatment,
  match: ipMatch,
});
const verdict = fc.constantFrom(...verdicts).map((words) => toTreatment(words));
const anySet: fc.Arbitrary<FilterSet> = fc
  .record({
    title: fc.constantFrom('All closed: really', 'yes', '#1'),
    otherwise: fc.record({ outbound: verdict, inbound: verdict }),
    antiSpoofing: fc.constantFrom(...antiSpoofings),
    pingLimit: fc.nat({ max: 1000 }),
    filters: fc.array(filter, { maxLength: 20 }),
  })
  .map((set) => ({
    ...set,
    name: 'strict',
    filters: set.filters.map((one, at): Filter => ({ name: `${['no', '0x1', '12', 'a b/c'][at % 4]!}${at}`, ...one })),
  }));

test('what is written is read back as it was', () => {
  fc.assert(
    fc.property(anySet, (set) => {
      const { set: back, problems } = parseFilterSet(writeFilterSet(set), 'strict.yaml');
      expect(problems.map(formatProblem)).toEqual([]);
      expect(back).toEqual(set);
    }),
  );
});

test('each filter is one line, and what has no word is a comment', () => {
  const { set } = parseFilterSet(
    'version: 1\nname: a\nfilters:\n  - { name: DNS, protocol: udp, remotePort: 53 }\n',
    'a',
  );
  expect(writeFilterSet(set!, new Map([['DNS', ['HdrDSCP 12']]]))).toBe(`version: 1
name: a
default: { outbound: drop count, inbound: drop count }
antiSpoofing: off
pingLimit: 10
filters:
  # DNS also has HdrDSCP 12, which has no word here
  - { name: DNS, protocol: udp, remotePort: 53 }
`);
});
