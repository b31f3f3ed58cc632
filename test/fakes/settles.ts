import { expect } from 'vitest';
import type { Operation } from '../../src/operations/operation';
import type { TestAmt } from './amtDevice';

/** Plans, runs, plans again and runs again: what the plan says comes true, and the second run changes nothing. */
export async function settles(
  device: TestAmt,
  operation: Operation,
  parameters: Readonly<Record<string, unknown>>,
): Promise<void> {
  const plan = await device.plan(operation, parameters);
  expect([plan.unread, plan.impossible]).toEqual([undefined, undefined]);
  expect(plan.now).not.toBe(plan.then);
  expect(await device.run(operation, parameters)).toMatchObject({ ok: true, outcome: 'done' });
  expect(await device.now(operation, parameters)).toBe(plan.then);
  const { length } = device.changes;
  expect(await device.run(operation, parameters)).toMatchObject({ ok: true, outcome: 'already' });
  expect(device.changes).toHaveLength(length);
}
