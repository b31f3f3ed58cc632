import { expect, test } from 'vitest';
import { compareSnapshots } from '../../../../src/jobs/snapshots/compare';
import type { Facts, Snapshot } from '../../../../src/jobs/snapshots/snapshot';
import type { Node } from '../../../../src/nodes/node';

const head = { description: '', path: [], kind: 'information', columns: [], sources: [] } as const;
const nodes: readonly Node[] = [
  { ...head, id: 'physical-memory', title: 'Physical Memory' },
  { ...head, id: 'motherboard', title: 'Motherboard' },
  { ...head, id: 'users', title: 'Users', key: ['Id', 'Channel'] },
];
const of = (id: string, rows: readonly Facts[]): Snapshot => ({ computer: 'lab-01', nodes: new Map([[id, rows]]) });
const texts = (id: string, before: readonly Facts[], after: readonly Facts[]): readonly string[] =>
  compareSnapshots(of(id, before), of(id, after), nodes).map(({ text }) => text);

const bank0 = { Bank: 'BANK 0', Size: '8 GiB', 'Serial number': '1738' };
const bank1 = { Bank: 'BANK 1', Size: '8 GiB', 'Serial number': '1739' };

test('the same facts in another order are no difference', () => {
  expect(
    texts('physical-memory', [bank0, bank1], [bank1, { 'Serial number': '1738', Size: '8 GiB', Bank: 'BANK 0' }]),
  ).toEqual([]);
});

test('a part that is gone, new or another one is told in words', () => {
  expect(texts('physical-memory', [bank0, bank1], [bank0])).toEqual([
    'Physical Memory: BANK 1 gone (Size 8 GiB, Serial number 1739)',
  ]);
  expect(texts('physical-memory', [bank0], [bank0, bank1])).toEqual([
    'Physical Memory: BANK 1 new (Size 8 GiB, Serial number 1739)',
  ]);
  expect(texts('physical-memory', [bank0, bank1], [bank0, { Bank: 'BANK 1', Size: '16 GiB', Maker: 'X' }])).toEqual([
    'Physical Memory: BANK 1: Size 8 GiB → 16 GiB, Serial number 1739 → (none), Maker (none) → X',
  ]);
});

test('of two equal parts one can go', () => {
  const fan = { Name: 'Fan', Speed: 'fast' };
  expect(texts('physical-memory', [fan, fan], [fan])).toEqual(['Physical Memory: Fan gone (Speed fast)']);
});

test('the only row of a node is compared even when what names it has changed', () => {
  expect(texts('motherboard', [{ Maker: 'A', Serial: '1' }], [{ Maker: 'B', Serial: '1' }])).toEqual([
    'Motherboard: Maker A → B',
  ]);
});

test('the node says what names its rows', () => {
  const row = { Id: 2, Channel: 1, Name: 'admin', Enabled: true };
  expect(texts('users', [row, { ...row, Channel: 2 }], [row, { ...row, Channel: 2, Enabled: false }])).toEqual([
    'Users: 2 2: Enabled true → false',
  ]);
});

test('a node that only one of them has is all gone or all new; long rows are cut', () => {
  const long = { Slot: 1, A: 1, B: 2, C: 3, D: 4, E: 5 };
  expect(compareSnapshots(of('unheard-of', [long]), of('motherboard', [{ Maker: 'A' }]), nodes)).toEqual([
    { node: 'motherboard', kind: 'new', text: 'Motherboard: A new' },
    { node: 'unheard-of', kind: 'gone', text: 'unheard-of: 1 gone (A 1, B 2, C 3, D 4, …)' },
  ]);
});
