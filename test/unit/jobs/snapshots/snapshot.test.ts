import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  formatSnapshot,
  isInSnapshots,
  parseSnapshot,
  type Snapshot,
  toFacts,
} from '../../../../src/jobs/snapshots/snapshot';
import type { Node } from '../../../../src/nodes/node';

const memory: Node = {
  id: 'physical-memory',
  title: 'Physical Memory',
  description: '',
  path: ['Hardware'],
  kind: 'audit',
  columns: ['Bank', 'Size', 'Serial number', 'Temperature'],
  volatile: ['Temperature'],
  sources: [],
};

test('rows are in natural order whatever the device says, without empty cells and what changes by itself', () => {
  const rows = [
    ['BANK 10', '8 GiB', '17', 41],
    ['BANK 2', '8 GiB', null, 40],
    ['BANK 1', '', 'A', 39],
  ];
  const facts = toFacts(memory, rows);
  expect(facts).toEqual([
    { Bank: 'BANK 1', 'Serial number': 'A' },
    { Bank: 'BANK 2', Size: '8 GiB' },
    { Bank: 'BANK 10', Size: '8 GiB', 'Serial number': '17' },
  ]);
  expect(toFacts(memory, rows.toReversed())).toEqual(facts);
});

test('the key orders before what comes first', () => {
  const users: Node = { ...memory, columns: ['Name', 'Id'], key: ['Id'], volatile: [] };
  expect(
    toFacts(users, [
      ['zoe', 1],
      ['amy', 10],
      ['bob', 2],
    ]).map(({ Id }) => Id),
  ).toEqual([1, 2, 10]);
});

test('snapshots have what is constant, and audit nodes that say what changes by itself', () => {
  expect(isInSnapshots(memory)).toBe(true);
  const { volatile: _, ...readings } = memory;
  expect(isInSnapshots(readings)).toBe(false);
  expect(isInSnapshots({ ...readings, kind: 'information' })).toBe(true);
});

test('the text is made to be compared: a line for each fact', () => {
  const snapshot: Snapshot = {
    computer: 'lab-01',
    nodes: new Map([
      ['physical-memory', [{ Bank: 'BANK 0', Size: '8 GiB', ECC: true }, {}]],
      ['disk-drive', []],
    ]),
  };
  expect(formatSnapshot(snapshot)).toBe(`# What lab-01 consists of. Written by \`sideband snapshot\`.
version: 1
computer: lab-01
nodes:
  disk-drive: []
  physical-memory:
    - Bank: BANK 0
      Size: "8 GiB"
      ECC: true
    - {}
`);
  expect(parseSnapshot(formatSnapshot(snapshot), 'lab-01.yaml').nodes.get('physical-memory')).toEqual([
    { Bank: 'BANK 0', Size: '8 GiB', ECC: true },
    {},
  ]);
});

test('a snapshot without nodes is one, too', () => {
  const empty: Snapshot = { computer: 'ipmi://10.0.0.5', nodes: new Map() };
  expect(parseSnapshot(formatSnapshot(empty), 'x')).toEqual(empty);
});

test('what is written is read back', () => {
  const column = fc.string().filter((name) => name !== '__proto__');
  const facts = fc.dictionary(column, fc.oneof(fc.string(), fc.integer(), fc.boolean()), { noNullPrototype: true });
  const nodes = fc.dictionary(fc.stringMatching(/^[a-z][a-z-]{0,9}$/), fc.array(facts, { maxLength: 4 }), {
    noNullPrototype: true,
  });
  fc.assert(
    fc.property(nodes, (all) => {
      const snapshot = { computer: 'lab-01', nodes: new Map(Object.entries(all)) };
      expect(Object.fromEntries(parseSnapshot(formatSnapshot(snapshot), 'x').nodes)).toEqual(all);
    }),
  );
});

test.each([
  ['version: 2\ncomputer: x\n', 'lab.yaml:1:10: '],
  ['version: 1\n', '"computer" is missing'],
  ['<<<<<<< HEAD\n', 'lab.yaml:1:'],
])('%j is refused with its place', (text, message) => {
  expect(() => parseSnapshot(text, 'lab.yaml')).toThrow(message);
});
