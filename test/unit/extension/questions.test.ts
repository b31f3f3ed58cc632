import { beforeEach, expect, test } from 'vitest';
import type { TrustQuestion } from '../../../src/base/frontend';
import { describeCertificate, editorAsks } from '../../../src/extension/questions';
import { fake, resetFake } from '../../fakes/vscode';

beforeEach(resetFake);

const { signal } = new AbortController();
const fingerprint = '0123456789abcdef'.repeat(4);
const question = (computer: string): TrustQuestion => ({
  computer,
  host: '10.0.4.11',
  port: 16993,
  fingerprint,
  subject: 'CN=lab-01',
  issuer: 'CN=lab-01',
  validTo: '2031-02-03T04:05:06.000Z',
});

test('a certificate is shown with everything that can be compared', async () => {
  fake.modals = ['Trust'];
  expect(await editorAsks(1).trust(question('lab-01'), signal)).toBe(true);
  const [asked] = fake.asked;
  expect(asked?.title).toBe('The certificate of lab-01 (10.0.4.11:16993) is not known.');
  expect(asked?.detail?.split('\n').slice(0, 7)).toEqual([
    'SHA-256 fingerprint:',
    '01:23:45:67:89:AB:CD:EF:01:23:45:67:89:AB:CD:EF',
    '01:23:45:67:89:AB:CD:EF:01:23:45:67:89:AB:CD:EF',
    '',
    'Subject: CN=lab-01',
    'Issuer: itself (self-signed)',
    'Valid to: 2031-02-03',
  ]);
});

test('about a single computer nothing is asked for all', async () => {
  fake.modals = ['Trust All in This Run'];
  expect(await editorAsks(1).trust(question('lab-01'), signal)).toBe(false);
});

test('a certificate’s own words stay on their line', () => {
  const text = describeCertificate({ ...question(''), subject: 'CN=x\nIssuer: Trusted\u0007', issuer: 'CN=y' });
  expect(text).toContain('Subject: CN=x Issuer: Trusted \n');
});

test('one question at a time; a no is for one, and the others are asked', async () => {
  const asks = editorAsks(3);
  fake.modals = ['', 'Trust', ''];
  const answers = ['a', 'b', 'c'].map((name) => asks.trust(question(name), signal));
  expect(await Promise.all(answers)).toEqual([false, true, false]);
  expect(fake.asked.map(({ title }) => title.split(' ')[3])).toEqual(['a', 'b', 'c']);
});

test.each([
  ['Trust All in This Run', true],
  ['Trust None', false],
])('whoever waits shares the answer "%s"', async (answer, expected) => {
  const asks = editorAsks(3);
  fake.modals = [answer];
  const answers = ['a', 'b', 'c'].map((name) => asks.trust(question(name), signal));
  expect(await Promise.all(answers)).toEqual([expected, expected, expected]);
  expect(await asks.trust(question('later'), signal)).toBe(expected);
  expect(fake.asked).toHaveLength(1);
  fake.modals = ['Trust'];
  expect(await editorAsks(3).trust(question('of another run'), signal)).toBe(true);
});

test('who waits for a question and is cancelled asks nothing', async () => {
  const asks = editorAsks(3);
  const controller = new AbortController();
  const first = asks.trust(question('a'), signal);
  const second = asks.trust(question('b'), controller.signal);
  controller.abort();
  await expect(second).rejects.toBe(controller.signal.reason);
  expect(await first).toBe(false);
  expect(fake.asked).toHaveLength(1);
});

test('six digits are a code; anything else is none', async () => {
  const asks = editorAsks(3);
  fake.inputs = [' 123456 ', '12345', ''];
  const consent = { computer: 'lab-01', waitsSeconds: 300 };
  expect(await asks.consentCode(consent, signal)).toBe('123456');
  expect(await asks.consentCode(consent, signal)).toBeUndefined();
  expect(await asks.consentCode({ ...consent, wasWrong: true }, signal)).toBeUndefined();
  expect(fake.asked[0]?.title).toBe('Code shown on lab-01’s screen');
  expect(fake.prompts[0]).toContain('for 5 minutes');
  expect(fake.prompts[1]).not.toContain('not the code');
  expect(fake.prompts[2]).toMatch(/^That was not the code\. /);
});
