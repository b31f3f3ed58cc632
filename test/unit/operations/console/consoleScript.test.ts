import { expect, test } from 'vitest';
import { silentLog } from '../../../../src/base/log';
import { consoleScript } from '../../../../src/operations/console/consoleScript';
import type { WayRequest } from '../../../../src/operations/operation';
import { FakeConsole } from '../../../fakes/console';
import { fakeComputer } from '../../../fakes/technology';
import { never } from '../../protocols/ipmi/link';

/** What was done, in its order. */
async function acts(parameters: object): Promise<readonly string[]> {
  const done: string[] = [];
  const note = (line: string) => Promise.resolve(void done.push(line));
  const console = new FakeConsole();
  console.say('ready');
  const client = {
    readPower: () => note('read').then(() => ({ state: 'off' })),
    requestPower: (action: string) => note(action),
  };
  const sessions = {
    console: () => note('open').then(() => console),
    use: (_: unknown, __: unknown, ___: unknown, act: (one: typeof client) => unknown) => act(client),
  } as unknown as WayRequest['sessions'];
  const request = { sessions, computer: fakeComputer('lab-01', ['ipmi']), signal: never, log: silentLog };
  const given = consoleScript.parameters.parse({ steps: [{ expect: 'ready' }], ...parameters });
  await consoleScript.ways[0]?.run(request, given, (before) => note(`intend ${before ?? 'without a state'}`));
  return done;
}

test('the intent is written when the console is open, before the power is asked for', async () => {
  expect(await acts({ power: 'on' })).toEqual(['open', 'read', 'intend off', 'on']);
});

test('a script that leaves the power alone has its intent before it types', async () => {
  const steps = [{ expect: 'ready' }, { send: 'a' }, { sendBreak: true }];
  expect(await acts({ steps })).toEqual(['open', 'intend without a state']);
});

test('a script that only looks has none', async () => {
  expect(await acts({})).toEqual(['open']);
});

test('it lasts as long as all that it waits for', () => {
  const steps = [{ expect: 'a' }, { send: 'b' }, { expect: 'c', timeoutMs: 600_000 }];
  expect(consoleScript.lasts?.(consoleScript.parameters.parse({ steps }))).toBe(630_000);
});
