import { expect, test } from 'vitest';
import { connect, type Port } from '../../../webviews/shared/rpc';

/** Two ports whose messages are copied, as VS Code copies them. */
function channel(): readonly [Port, Port] {
  const listeners: ((message: unknown) => void)[][] = [[], []];
  const port = (mine: 0 | 1): Port => ({
    post: (message) => {
      for (const listener of listeners[1 - mine] ?? []) listener(structuredClone(message));
    },
    listen: (listener) => void listeners[mine]?.push(listener),
  });
  return [port(0), port(1)];
}

interface Adder {
  add(a: number, b: number): number;
  fail(): void;
}

test('calls are answered, also when both sides call, and errors come back as rejections', async () => {
  const [here, there] = channel();
  const fail = (): never => {
    throw new Error('no');
  };
  connect(there, { add: (a: number, b: number) => a + b, fail });
  const adder = connect<Adder>(here, {});
  expect(await Promise.all([adder.add(1, 2), adder.add(3, 4)])).toEqual([3, 7]);
  await expect(adder.fail()).rejects.toThrow('no');
});

test('what is not a method, and what is no message of ours, does nothing', async () => {
  const [here, there] = channel();
  connect(there, { add: 1 });
  const adder = connect<Adder>(here, {});
  await expect(adder.add(1, 2)).rejects.toThrow('no method "add"');
  for (const message of [undefined, null, 1, 'x', {}, { answer: 99 }, { call: 1 }]) there.post(message);
});
