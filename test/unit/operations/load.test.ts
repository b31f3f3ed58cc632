import { expect, test } from 'vitest';
import { operations } from '../../../src/operations';
import { loadOperation, operationIds } from '../../../src/operations/load';

test('every operation of the registry is loaded by its id, in the same order', async () => {
  expect(operationIds).toEqual(operations.map(({ id }) => id));
  for (const one of operations) expect((await loadOperation(one.id))?.operation).toBe(one);
});

test.each(['power', 'pwoer.off', 'toString', ''])('%j is none', async (id) => {
  expect(await loadOperation(id)).toBeUndefined();
});
