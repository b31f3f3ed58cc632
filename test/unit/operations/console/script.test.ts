import { expect, test } from 'vitest';
import { Secret } from '../../../../src/base/secret';
import { runScript, scriptSteps } from '../../../../src/operations/console/script';
import { FakeConsole } from '../../../fakes/console';
import { never } from '../../protocols/ipmi/link';

const hooks = { signal: never, secret: () => Promise.resolve(new Secret('a.b$c')), intend: () => Promise.resolve() };
const run = (console: FakeConsole, steps: readonly object[]) => runScript(console, scriptSteps.parse(steps), hooks);

test('text, keys, a break and a new line are typed as a terminal sends them', async () => {
  const console = new FakeConsole();
  await run(console, [{ send: 'a\nb' }, { keys: ['Up', 'Ctrl+C'] }, { sendBreak: true }]);
  expect(console.typed).toEqual(['a\rb', '\u001b[A', '\u0003', 'break']);
});

test('cursor keys take the form that the screen asked for, and questions of the computer are answered', async () => {
  const console = new FakeConsole();
  console.say('\u001b[?1h\u001b[6nready');
  await run(console, [{ expect: 'ready' }, { keys: ['Up'] }]);
  expect(console.typed).toEqual(['\u001b[1;1R', '\u001bOA']);
});

test('the screen counts, not what was said: what was overwritten is not found', async () => {
  const console = new FakeConsole();
  console.say('old text\r\u001b[2Knew text');
  const steps = [{ expect: '/^new text$/m' }, { expect: 'old text', timeoutMs: 1 }];
  await expect(run(console, steps)).rejects.toMatchObject({
    code: 'operation.timeout',
    message: 'step 2: the screen did not show "old text" within 0.001 s',
  });
});

test('a password that the computer echoes is in no screen, also where the line ends in the middle of it', async () => {
  const console = new FakeConsole((typed) => `${'x'.repeat(77)}${typed.trim()} a.b$c\r\ndone`);
  const screens = await run(console, [{ sendSecret: 'guest' }, { expect: 'done' }]);
  expect(console.typed).toEqual(['a.b$c\r']);
  expect(screens).toEqual([{ name: 'end', text: `${'x'.repeat(77)}*** ***\ndone` }]);
});

test('a console that ends says why, with the screen until then', async () => {
  const console = new FakeConsole();
  console.say('last words');
  const ended = run(console, [{ expect: 'last' }, { expect: 'never' }]);
  setImmediate(() => {
    console.end();
  });
  await expect(ended).rejects.toMatchObject({
    code: 'connect.lost',
    message: 'step 2: lab-01: gone',
    details: { evidence: { screens: [{ name: 'step 2', text: 'last words' }] } },
  });
});

test.each([
  [[{ keys: ['Esc'] }], /is no key/],
  [[{ expect: '/(/' }], /is no regular expression/],
  [[], /./],
])('%j is refused', (steps, message) => {
  expect(() => scriptSteps.parse(steps)).toThrow(message);
});
