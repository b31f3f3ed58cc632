import { expect, test } from 'vitest';
import { Turns } from '../../../src/base/turns';

const never = new AbortController().signal;

test('lets in as many as there are places, then one for each that leaves, in order', async () => {
  const turns = new Turns(2);
  const order: string[] = [];
  const enter = async (name: string): Promise<void> => {
    await turns.enter(never);
    order.push(name);
  };
  await Promise.all([enter('a'), enter('b')]);
  const waiting = [enter('c'), enter('d')];
  expect(order).toEqual(['a', 'b']);
  turns.leave();
  await waiting[0];
  expect(order).toEqual(['a', 'b', 'c']);
  turns.leave();
  await waiting[1];
  expect(order).toEqual(['a', 'b', 'c', 'd']);
});

test('who gives up while waiting loses the place in the line and nothing else', async () => {
  const turns = new Turns();
  await turns.enter(never);
  const cancel = new AbortController();
  const impatient = turns.enter(cancel.signal);
  const patient = turns.enter(never);
  cancel.abort();
  await expect(impatient).rejects.toMatchObject({ name: 'AbortError' });
  turns.leave();
  await expect(patient).resolves.toBeUndefined();
  await expect(turns.enter(cancel.signal)).rejects.toMatchObject({ name: 'AbortError' });
});
