import { expect, test } from 'vitest';
import type { TrustQuestion } from '../../../src/base/frontend';
import { cliAsks } from '../../../src/cli/cliAsks';
import { testIo } from '../../fakes/io';

const never = new AbortController().signal;
const question: TrustQuestion = {
  computer: 'lab-01',
  host: '10.0.4.11',
  port: 16993,
  fingerprint: '00112233445566778899aabbccddeeff0123456789abcdeffedcba9876543210',
  subject: 'CN=lab-01, O=Example',
  issuer: 'CN=Example \u001b[2Jauthority',
  validTo: '2030-01-01T00:00:00.000Z',
};

test('nobody is asked where nobody is', () => {
  expect(cliAsks(testIo())).toBeUndefined();
});

test('a certificate is shown as people compare it, without what could steer the terminal', async () => {
  const io = testIo({ answers: ['y'] });
  expect(await cliAsks(io)?.trust?.(question, never)).toBe(true);
  expect(io.stderr).toBe(`lab-01 (10.0.4.11 port 16993) shows a certificate that nobody has vouched for:
  SHA-256   00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF
            01:23:45:67:89:AB:CD:EF:FE:DC:BA:98:76:54:32:10
  subject   CN=lab-01, O=Example
  issuer    CN=Example  [2Jauthority
  valid to  2030-01-01T00:00:00.000Z
Believe it from now on? [y]es, [N]o, [a]ll the rest of this run: `);
  expect(io.stdout).toBe('');
});

test.each([
  ['y', true],
  ['YES', true],
  ['n', false],
  ['', false],
  ['yellow', false],
])('"%s" is %s, and the next one is asked again', async (answer, expected) => {
  const asks = cliAsks(testIo({ answers: [answer, 'n'] }));
  expect(await asks?.trust?.(question, never)).toBe(expected);
  expect(await asks?.trust?.(question, never)).toBe(false);
});

test('after "a" nothing more is asked in this run', async () => {
  const asks = cliAsks(testIo({ answers: ['n', 'a'] }));
  const answers = await Promise.all(Array.from({ length: 50 }, async () => asks?.trust?.(question, never)));
  expect(answers).toEqual([false, ...Array.from({ length: 49 }, () => true)]);
});

test('one question at a time', async () => {
  let [open, most] = [0, 0];
  const io = {
    canAsk: true,
    isTerminal: false,
    async ask() {
      most = Math.max(most, ++open);
      await new Promise(setImmediate);
      open--;
      return 'y';
    },
  };
  const asks = cliAsks(io);
  await Promise.all(Array.from({ length: 5 }, async () => asks?.trust?.(question, never)));
  expect(most).toBe(1);
});

test('a question that nobody answers in time lets the next one be asked', async () => {
  const stop = new AbortController();
  const io = {
    canAsk: true,
    isTerminal: false,
    ask: (_: string, { signal }: { readonly signal: AbortSignal }) =>
      signal === never
        ? Promise.resolve('y')
        : new Promise<string>((_resolve, reject) => {
            signal.addEventListener('abort', () => {
              reject(signal.reason as Error);
            });
          }),
  };
  const asks = cliAsks(io);
  const first = asks?.trust?.(question, stop.signal);
  const second = asks?.trust?.(question, never);
  await new Promise(setImmediate);
  stop.abort(new Error('too late'));
  await expect(first).rejects.toThrow('too late');
  expect(await second).toBe(true);
});

test.each([
  ['123456', '123456'],
  [' 123 456 ', '123456'],
  ['123-456', '123456'],
  ['what code?', 'whatcode?'],
  ['', undefined],
])('the code "%s"', async (answer, expected) => {
  const io = testIo({ answers: [answer] });
  expect(await cliAsks(io)?.consentCode?.({ computer: 'lab-01', waitsSeconds: 120 }, never)).toBe(expected);
  expect(io.stderr).toBe('Code shown on lab-01’s screen (waits 120 s): ');
});
