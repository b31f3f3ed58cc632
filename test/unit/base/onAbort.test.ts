import { expect, test } from 'vitest';
import { onAbort } from '../../../src/base/onAbort';

test('all who still wait are told once, in their order', () => {
  const controller = new AbortController();
  const told: string[] = [];
  onAbort(controller.signal, () => void told.push('first'));
  const leave = onAbort(controller.signal, () => void told.push('gone'));
  onAbort(controller.signal, () => void told.push('last'));
  leave();
  controller.abort();
  leave();
  expect(told).toEqual(['first', 'last']);
});

test('signals have their own', () => {
  const [one, other] = [new AbortController(), new AbortController()];
  const told: string[] = [];
  onAbort(one.signal, () => void told.push('one'));
  onAbort(other.signal, () => void told.push('other'));
  other.abort();
  expect(told).toEqual(['other']);
});
