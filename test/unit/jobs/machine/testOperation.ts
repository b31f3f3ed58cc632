import * as z from 'zod';
import type { Operation } from '../../../../src/operations/operation';

/** An operation that nobody does. */
export function testOperation({ repeatable }: Pick<Operation, 'repeatable'>): Operation {
  const texts = { id: 'test', title: 'Test', description: '' };
  return { ...texts, danger: 'disruptive', kind: 'change', repeatable, parameters: z.strictObject({}), ways: [] };
}
