import { hostname } from 'node:os';
import { expect, test } from 'vitest';
import { newOwner, ownerLives } from '../../../../src/jobs/ledger/owner';
import { deadOwner } from '../../../fakes/deadProcess';

test('this process lives, and no two owners are the same', () => {
  const [one, other] = [newOwner(), newOwner()];
  expect(ownerLives(one)).toBe(true);
  expect(one).not.toBe(other);
});

test.each<[what: string, owner: string | null, lives: boolean]>([
  ['a process that has ended', deadOwner(), false],
  ['a process of another host, which cannot be asked', '{"host":"elsewhere.invalid","pid":1}', true],
  ['nobody', null, false],
])('%s', (_, owner, lives) => {
  expect(ownerLives(owner)).toBe(lives);
});

test.runIf(process.platform === 'linux')(
  'another process that has the number of one that has ended is not taken for it',
  () => {
    const owner = { host: hostname(), pid: process.pid, startedAt: '1' };
    expect(ownerLives(JSON.stringify(owner))).toBe(false);
  },
);
