import { beforeEach, expect, test, vi } from 'vitest';
import type { App } from '../../../src/app/app';
import { reportError, SidebandError } from '../../../src/base/errors';
import type { CertificateResult } from '../../../src/discovery/certificates';
import { trustCertificates } from '../../../src/extension/trustCommand';
import type { Workbench } from '../../../src/extension/workbench';
import { Fleet } from '../../../src/fleet/fleet';
import { fakeComputer, memoryPins } from '../../fakes/technology';
import { fake, resetFake } from '../../fakes/vscode';

const found = vi.hoisted(() => ({ results: [] as readonly unknown[] }));
vi.mock('../../../src/discovery/certificates', () => ({ readCertificates: () => Promise.resolve(found.results) }));
beforeEach(resetFake);

const fingerprint = 'ab'.repeat(32);
type State = Extract<CertificateResult, { readonly state: unknown }>['state'];

function seen(computer: string, state: State): CertificateResult {
  const certificate = { fingerprint, subject: `CN=${computer}`, issuer: 'CN=ca', validTo: '2031-01-01T00:00:00.000Z' };
  return { computer, technology: 'amt', host: computer, port: 16993, state, certificate };
}

function stage(...results: readonly CertificateResult[]) {
  found.results = results;
  const computers = results.map(({ computer }) => fakeComputer(computer, ['amt']));
  const pins = memoryPins();
  const app = { folder: '/', fleet: Fleet.empty, pins } as unknown as App;
  const refreshed = vi.fn();
  const workbench = {
    sessions: [{ app, has: () => true }],
    assertTrusted: () => fake.trusted,
    refreshNow: refreshed,
  } as unknown as Workbench;
  const run = (): Promise<void> => trustCertificates(workbench, computers, []);
  const pinned = (): readonly string[] =>
    results.map(({ computer }) => computer).filter((name) => pins.get(name, 16993));
  return { run, pinned, refreshed };
}

test('each new certificate is shown, and what is trusted is pinned', async () => {
  const { run, pinned, refreshed } = stage(seen('a', 'new'), seen('b', 'pinned'), seen('c', 'new'));
  fake.modals = ['Trust', 'Trust'];
  await run();
  expect(fake.asked.map(({ title }) => title)).toEqual([
    'The certificate of a (a:16993) is not known.',
    'The certificate of c (c:16993) is not known.',
  ]);
  expect(pinned()).toEqual(['a', 'c']);
  expect(refreshed).toHaveBeenCalledOnce();
});

test('all that are new can be trusted at once, but never one that has changed', async () => {
  const { run, pinned } = stage(seen('a', 'new'), seen('b', 'changed'), seen('c', 'new'));
  fake.modals = ['Trust All 2', 'Trust the New One'];
  await run();
  expect(fake.asked[1]?.title).toMatch(
    /^The certificate of b \(b:16993\) is another one than the one that was trusted\./,
  );
  expect(pinned()).toEqual(['a', 'b', 'c']);
});

test('a dismissed question ends it, and what was not trusted is not pinned', async () => {
  const { run, pinned, refreshed } = stage(seen('a', 'changed'), seen('b', 'new'));
  await run();
  expect(fake.asked).toHaveLength(1);
  expect(pinned()).toEqual([]);
  expect(refreshed).not.toHaveBeenCalled();
});

test('what is known is said so, and what cannot be read has its reason', async () => {
  await stage(seen('a', 'pinned'), seen('b', 'profile')).run();
  expect(fake.said).toEqual(['The certificates are known already.']);
  resetFake();
  const error = reportError(new SidebandError('connect.timeout', 'a: nothing answers'));
  await stage({ computer: 'a', error }).run();
  expect(fake.said[0]).toMatch(/^Trust Certificate: a: nothing answers\./);
});
