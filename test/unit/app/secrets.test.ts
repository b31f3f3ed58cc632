import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { chainSecrets } from '../../../src/app/secrets/chain';
import { environmentSecrets, variableOf } from '../../../src/app/secrets/environmentSecrets';
import { Keyring, type KeyringEntry } from '../../../src/app/secrets/keyring';
import { stateFolder } from '../../../src/app/stateFolder';
import { Secret } from '../../../src/base/secret';
import { temporaryFolder } from '../../fakes/temporaryFolder';

const signal = new AbortController().signal;
const bmc = { profile: 'bmc', technology: 'ipmi' };
let folder: ReturnType<typeof temporaryFolder>;
let passwords: Map<string, string>;
beforeEach(() => {
  folder = temporaryFolder();
  passwords = new Map();
});
afterEach(() => {
  folder[Symbol.dispose]();
});

function openEntry(service: string, account: string): KeyringEntry {
  const name = `${service} ${account}`;
  return {
    getPassword: () => passwords.get(name) ?? null,
    setPassword: (password) => void passwords.set(name, password),
    deletePassword: () => passwords.delete(name),
  };
}

test.each([
  [bmc, 'SIDEBAND_SECRET_BMC_IPMI'],
  [{ profile: 'rack-7.eu', technology: 'winrm' }, 'SIDEBAND_SECRET_RACK_7_EU_WINRM'],
  [{ technology: 'ipmi', computer: 'ipmi://10.0.0.5' }, 'SIDEBAND_PASSWORD'],
])('%j is the variable %s', async (key, variable) => {
  expect(variableOf(key)).toBe(variable);
  const source = environmentSecrets({ [variable]: 'xyzzy' });
  expect((await source.get(key, signal))?.reveal()).toBe('xyzzy');
  expect(await source.get(key, signal)).toBe(await source.get(key, signal));
});

test('the password of ad-hoc URLs is no profile’s password', async () => {
  expect(await environmentSecrets({ SIDEBAND_PASSWORD: 'xyzzy' }).get(bmc, signal)).toBeUndefined();
});

test('an empty variable is no password', async () => {
  expect(await environmentSecrets({ SIDEBAND_SECRET_BMC_IPMI: '' }).get(bmc, signal)).toBeUndefined();
});

test('the first source that knows a password gives it', async () => {
  const silent = environmentSecrets({});
  const chain = chainSecrets(silent, environmentSecrets({ SIDEBAND_SECRET_BMC_IPMI: 'second' }));
  expect((await chain.get(bmc, signal))?.reveal()).toBe('second');
});

test('the keyring keeps passwords, and the list beside it only their names', async () => {
  const index = join(folder.path, 'state', 'secrets.json');
  const keyring = new Keyring(index, openEntry);
  await keyring.set(bmc, new Secret('xyzzy'));
  await keyring.set({ profile: 'lab', technology: 'ipmi' }, new Secret('plugh'));
  await keyring.set(bmc, new Secret('xyzzy2'));
  expect((await keyring.get(bmc))?.reveal()).toBe('xyzzy2');
  expect(await keyring.list()).toEqual([{ profile: 'lab', technology: 'ipmi' }, bmc]);
  expect(readFileSync(index, 'utf8')).not.toMatch(/xyzzy|plugh/);
  expect(await keyring.delete(bmc)).toBe(true);
  expect(await keyring.delete(bmc)).toBe(false);
  expect(await keyring.get(bmc)).toBeUndefined();
});

test('without a keyring that works, storing says what to do and reading finds nothing', async () => {
  const index = join(folder.path, 'secrets.json');
  const broken = new Keyring(index, () => {
    throw new Error('no D-Bus');
  });
  for (const keyring of [new Keyring(index, undefined), broken]) {
    expect(await keyring.get(bmc)).toBeUndefined();
    await expect(keyring.set(bmc, new Secret('xyzzy'))).rejects.toMatchObject({
      code: 'auth.missing',
      hint: 'Give the password in the environment, as SIDEBAND_SECRET_<PROFILE>_<TECHNOLOGY>.',
    });
    expect(await keyring.list()).toEqual([]);
  }
});

test.each<[env: NodeJS.ProcessEnv, platform: NodeJS.Platform, folder: RegExp]>([
  [{ SIDEBAND_STATE: '/elsewhere' }, 'linux', /^\/elsewhere$/],
  [{ XDG_STATE_HOME: '/xdg' }, 'linux', /^\/xdg\/sideband$/],
  [{}, 'linux', /\/\.local\/state\/sideband$/],
  [{}, 'darwin', /\/Library\/Application Support\/sideband$/],
  [{ LOCALAPPDATA: '/local' }, 'win32', /^\/local\/sideband$/],
])('with %j on %s the state lies in %s', (env, platform, expected) => {
  expect(stateFolder(env, platform)).toMatch(expected);
});
