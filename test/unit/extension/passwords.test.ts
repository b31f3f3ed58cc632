import type { SecretStorage } from 'vscode';
import { beforeEach, expect, test } from 'vitest';
import type { SecretKey } from '../../../src/base/secret';
import { Passwords } from '../../../src/extension/passwords';
import { fakeComputer } from '../../fakes/technology';
import { EventEmitter, fake, resetFake } from '../../fakes/vscode';

beforeEach(resetFake);

const { signal } = new AbortController();
const bmc: SecretKey = { profile: 'bmc', technology: 'ipmi' };
const ipmi = new Set(['ipmi'] as const);

function storage(): SecretStorage & { readonly stored: Map<string, string> } {
  const stored = new Map<string, string>();
  const changes = new EventEmitter<{ readonly key: string }>();
  return {
    stored,
    keys: () => Promise.resolve([...stored.keys()]),
    get: (key) => Promise.resolve(stored.get(key)),
    store: (key, value) => {
      stored.set(key, value);
      changes.fire({ key });
      return Promise.resolve();
    },
    delete: (key) => {
      stored.delete(key);
      changes.fire({ key });
      return Promise.resolve();
    },
    onDidChange: changes.event,
  };
}

const reveal = async (passwords: Passwords): Promise<string | undefined> =>
  (await passwords.get(bmc, signal))?.reveal();

test('what is stored comes before the environment', async () => {
  const stored = storage();
  const passwords = new Passwords(stored, { SIDEBAND_SECRET_BMC_IPMI: 'from the environment' });
  expect(await reveal(passwords)).toBe('from the environment');
  await stored.store('profile/bmc/ipmi', 'stored');
  expect(await reveal(passwords)).toBe('stored');
});

test('nobody is asked in the background, and a missing password is told once', async () => {
  const passwords = new Passwords(storage(), {});
  const missed: SecretKey[] = [];
  passwords.onDidMiss((key) => missed.push(key));
  expect(await reveal(passwords)).toBeUndefined();
  expect(await reveal(passwords)).toBeUndefined();
  expect(missed).toEqual([bmc]);
  expect(fake.asked).toEqual([]);
});

test('a password is asked once for a profile and technology, and kept', async () => {
  const stored = storage();
  const passwords = new Passwords(stored, {});
  const computers = ['a', 'b', 'c'].map((name) => fakeComputer(name, ['ipmi', 'snmp'], {}, 'bmc'));
  fake.inputs = ['secret'];
  await passwords.ensure(computers, ipmi, signal);
  await passwords.ensure(computers, ipmi, signal);
  expect(fake.asked).toEqual([{ kind: 'input', title: 'IPMI password of profile bmc' }]);
  expect(stored.stored).toEqual(new Map([['profile/bmc/ipmi', 'secret']]));
  expect(await reveal(new Passwords(stored, {}))).toBe('secret');
});

test('those who ask at the same time share one question', async () => {
  const passwords = new Passwords(storage(), {});
  fake.inputs = ['secret', 'another'];
  const [first, second] = await Promise.all([passwords.ask(bmc), passwords.ask(bmc)]);
  expect(first).toBe(second);
  expect(fake.asked).toHaveLength(1);
});

test('a dismissed question leaves the password unknown', async () => {
  const stored = storage();
  const passwords = new Passwords(stored, {});
  await passwords.ensure([fakeComputer('a', ['ipmi'], {}, 'bmc')], ipmi, signal);
  expect(fake.asked).toHaveLength(1);
  expect(await reveal(passwords)).toBeUndefined();
  expect(stored.stored.size).toBe(0);
});

test('a forgotten password is gone at once', async () => {
  const passwords = new Passwords(storage(), {});
  fake.inputs = ['secret'];
  await passwords.ask(bmc);
  let changes = 0;
  passwords.onDidChange(() => changes++);
  await passwords.forget(bmc);
  expect(await reveal(passwords)).toBeUndefined();
  expect(changes).toBe(1);
});

test('the passwords of profiles that an operation names are asked for once', async () => {
  const passwords = new Passwords(storage(), {});
  fake.inputs = ['secret'];
  await passwords.ensureOf(['next'], ipmi, signal);
  await passwords.ensureOf(['next'], ipmi, signal);
  expect(fake.asked).toHaveLength(1);
  expect((await passwords.get({ profile: 'next', technology: 'ipmi' }, signal))?.reveal()).toBe('secret');
});
