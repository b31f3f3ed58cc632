import { describe, expect, test, vi } from 'vitest';
import * as z from 'zod';
import { SidebandError } from '../../../src/base/errors';
import type { TrustQuestion } from '../../../src/base/frontend';
import { askToTrust, refineTls, tlsOptions, tlsPolicy, vouchedFor } from '../../../src/technologies/tls';
import { fakeSurroundings, memoryPins } from '../../fakes/technology';

const never = new AbortController().signal;
const place = { host: '10.0.4.11', port: 16993 };
const fingerprint = 'ab'.repeat(32);
const colons = Array.from({ length: 32 }, () => 'AB').join(':');
const authority = '-----BEGIN CERTIFICATE-----\nauthority\n-----END CERTIFICATE-----\n';
const own = '-----BEGIN CERTIFICATE-----\nown\n-----END CERTIFICATE-----\n';
const files: Readonly<Record<string, string>> = {
  'ca.pem': authority,
  'own.pem': own,
  'own.key': 'the key',
  'text.txt': 'text',
};
const readFile = (name: string): Promise<string> => {
  const text = files[name];
  return text === undefined
    ? Promise.reject(new SidebandError('file.missing', `there is no file ${name}`))
    : Promise.resolve(text);
};

const section = z.strictObject({ user: z.string().default('admin'), ...tlsOptions.shape }).superRefine(refineTls);
const policyOf = (given: object, pins = memoryPins()) =>
  tlsPolicy(section.parse(given), fakeSurroundings({ readFile, pins }), place);

describe('the options of a profile', () => {
  test('pin is the default, and nothing old', () => {
    expect(section.parse({})).toEqual({ user: 'admin', trust: 'pin', legacy: false });
  });

  test.each([[fingerprint], [fingerprint.toUpperCase()], [colons], [colons.toLowerCase()]])(
    '%s is a fingerprint',
    (text) => {
      expect(section.safeParse({ fingerprint: text }).success).toBe(true);
    },
  );

  test.each([
    [{ fingerprint: 'ab'.repeat(20) }, 'fingerprint'],
    [{ fingerprint: `${fingerprint}ab` }, 'fingerprint'],
    [{ fingerprint: 'xy'.repeat(32) }, 'fingerprint'],
    [{ trust: 'all' }, 'trust'],
    [{ trust: 'ca', fingerprint }, 'fingerprint'],
    [{ ca: 'ca.pem' }, 'ca'],
    [{ trust: 'pin', ca: 'ca.pem' }, 'ca'],
    [{ certificate: 'own.pem' }, 'certificate'],
    [{ key: 'own.key' }, 'key'],
    [{ legacy: 'yes' }, 'legacy'],
  ])('%j is a mistake in %s', (given, field) => {
    const { error } = section.safeParse(given);
    expect(error?.issues.map(({ path }) => path)).toEqual([[field]]);
  });

  test('all of them have a description', () => {
    for (const option of Object.values(tlsOptions.shape)) expect(option.description).toMatch(/\w{3}/);
  });
});

describe('the policy', () => {
  test('nobody has vouched yet', async () => {
    expect(await policyOf({})).toEqual({ trust: { kind: 'pin', fingerprint: undefined }, legacy: false });
  });

  test('the pin of this address', async () => {
    const pins = memoryPins();
    await pins.pin('10.0.4.11', 16995, '11'.repeat(32));
    await pins.pin('10.0.4.11', 16993, fingerprint);
    expect(await policyOf({ legacy: true }, pins)).toEqual({ trust: { kind: 'pin', fingerprint }, legacy: true });
  });

  test('the fingerprint of the profile counts more', async () => {
    const pins = memoryPins();
    await pins.pin(place.host, place.port, '11'.repeat(32));
    expect(await policyOf({ fingerprint: colons }, pins)).toMatchObject({ trust: { kind: 'pin', fingerprint } });
  });

  test('authorities of a file, or of the system', async () => {
    expect(await policyOf({ trust: 'ca', ca: 'ca.pem' })).toMatchObject({
      trust: { kind: 'ca', authorities: [authority] },
    });
    expect(await policyOf({ trust: 'ca' })).toMatchObject({ trust: { kind: 'ca', authorities: [] } });
  });

  test('a certificate of the client, whose key is a secret', async () => {
    const { client } = await policyOf({ certificate: 'own.pem', key: 'own.key' });
    expect(client?.certificate).toBe(own);
    expect(client?.key.reveal()).toBe('the key');
    expect(JSON.stringify(client)).not.toContain('the key');
  });

  test.each([
    [{ trust: 'ca', ca: 'gone.pem' }, 'file.missing'],
    [{ trust: 'ca', ca: 'text.txt' }, 'file.invalid'],
    [{ certificate: 'text.txt', key: 'own.key' }, 'file.invalid'],
    [{ certificate: 'own.pem', key: 'gone.key' }, 'file.missing'],
  ])('%j rejects with %s', async (given, code) => {
    await expect(policyOf(given)).rejects.toMatchObject({ code });
  });
});

describe('a certificate that nobody has vouched for', () => {
  const certificate = { fingerprint, subject: 'CN=lab-01', issuer: 'CN=lab-01', validTo: '2030-01-01T00:00:00.000Z' };
  const unknown = new SidebandError('tls.unknown', 'nobody has vouched', { ...certificate, ...place });
  const ask = async (error: SidebandError, answer: boolean | 'nobody') => {
    const pins = memoryPins();
    const asked: TrustQuestion[] = [];
    const trust = vi.fn((question: TrustQuestion) => {
      asked.push(question);
      return Promise.resolve(answer === true);
    });
    const endpoint = { computer: 'lab-01', host: place.host, ...(answer !== 'nobody' && { asks: { trust } }) };
    const again = await askToTrust(error, endpoint, fakeSurroundings({ pins }), never);
    return { again, asked, pin: pins.get(place.host, place.port) };
  };

  test('is pinned after a yes', async () => {
    const { again, asked, pin } = await ask(unknown, true);
    expect(again).toBe(true);
    expect(asked).toEqual([{ computer: 'lab-01', ...place, ...certificate }]);
    expect(pin).toBe(fingerprint);
  });

  test('is not after a no', async () => {
    expect(await ask(unknown, false)).toMatchObject({ again: false, asked: [{}], pin: undefined });
  });

  test('nor where nobody is there', async () => {
    expect(await ask(unknown, 'nobody')).toMatchObject({ again: false, asked: [], pin: undefined });
  });

  test.each(['tls.changed', 'tls.untrusted', 'tls.failed', 'connect.refused'] as const)(
    '%s is never asked',
    async (code) => {
      const error = new SidebandError(code, 'not to be believed', { ...certificate, ...place });
      expect(await ask(error, true)).toMatchObject({ again: false, asked: [], pin: undefined });
    },
  );
});

test('what is believed of a certificate', async () => {
  const pins = memoryPins();
  const vouched = (options: unknown) => vouchedFor(fingerprint, options, pins, place);
  expect(vouched(section.parse({}))).toBe('new');
  expect(vouched(section.parse({ trust: 'ca' }))).toBe('profile');
  expect(vouched(section.parse({ fingerprint: colons }))).toBe('profile');
  await pins.pin(place.host, place.port, fingerprint);
  expect(vouched(section.parse({}))).toBe('pinned');
  await pins.pin(place.host, place.port, '11'.repeat(32));
  expect(vouched(section.parse({}))).toBe('changed');
});
