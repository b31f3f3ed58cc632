import { inspect } from 'node:util';
import { afterEach, expect, test } from 'vitest';
import { parseDatabaseUrl } from '../../../src/workers/databaseUrl';

const { title, argv } = process;
afterEach(() => {
  process.title = title;
  process.argv = argv;
});

test.each<[url: string, env: NodeJS.ProcessEnv, where: string]>([
  ['postgres://me@db.example.org/sideband', {}, 'sideband at db.example.org:5432'],
  ['postgresql://db.example.org:6543/side%20band', {}, 'side band at db.example.org:6543'],
  ['postgres://me@db.example.org', {}, 'me at db.example.org:5432'],
  ['postgres://[2001:db8::1]/sideband', {}, 'sideband at [2001:db8::1]:5432'],
  ['postgres:///sideband?host=/run/postgresql', {}, 'sideband at /run/postgresql'],
  ['postgres://%2Frun%2Fpostgresql/sideband', {}, 'sideband at /run/postgresql'],
  ['postgres://', {}, ' at localhost:5432'],
  ['postgres://', { PGHOST: 'db', PGPORT: '1', PGDATABASE: 'x', PGUSER: 'me' }, 'x at db:1'],
  ['postgres://', { PGHOST: 'db', PGUSER: 'me' }, 'me at db:5432'],
])('%s is named by what it leads to', (url, env, where) => {
  expect(parseDatabaseUrl(url, env).where).toBe(where);
});

test('a password is in no text, but in the URL that the driver gets', () => {
  const parsed = parseDatabaseUrl('postgres://me:hunter2@db/sideband', {});
  expect(inspect(parsed) + JSON.stringify(parsed)).not.toContain('hunter2');
  expect(parsed.url.reveal()).toBe('postgres://me:hunter2@db/sideband');
});

test('a password among the arguments is hidden from the list of processes', () => {
  process.argv = ['node', 'cli.js', 'serve', '--database', 'postgres://me:hunter2@db/sideband'];
  parseDatabaseUrl('postgres://me@db/sideband', {});
  expect(process.title).toBe(title);
  parseDatabaseUrl('postgres://me:hunter2@db/sideband', {});
  expect(process.title).toBe('sideband');
});

test('a password among the parameters of the URL is hidden as well', () => {
  process.argv = ['node', 'cli.js', 'serve', '--database', 'postgres://me@db/sideband?password=hunter2'];
  parseDatabaseUrl('postgres://me@db/sideband?password=hunter2', {});
  expect(process.title).toBe('sideband');
});

test.each([
  ['sslmode=require', 'sslmode=verify-full'],
  ['sslmode=prefer&sslrootcert=/ca.pem', 'sslmode=verify-full&sslrootcert=%2Fca.pem'],
  ['sslmode=verify-full', 'sslmode=verify-full'],
  ['sslmode=no-verify', 'sslmode=no-verify'],
  ['uselibpqcompat=true&sslmode=require', 'uselibpqcompat=true&sslmode=require'],
])('TLS is verified, but where the URL expressly says no: %s', (given, driver) => {
  const { url } = parseDatabaseUrl(`postgres://me@db/sideband?${given}`, {});
  expect(url.reveal()).toBe(`postgres://me@db/sideband?${driver}`);
});

test.each([
  '',
  'sideband',
  'http://me:hunter2@db/x',
  'postgres://me:hunter2@db:port/x',
  'postgres://me:hunter2@db/%E0%A4%A',
])('what is no such URL is refused without being repeated: %s', (url) => {
  const refused = expect(() => parseDatabaseUrl(url, {}));
  refused.toThrow('the database is a URL such as postgres://user@host/database');
});
