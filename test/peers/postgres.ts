import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { findPostgres } from '../tools/postgres.mts';
import { freeTcpPort } from './freePort';

const run = promisify(execFile);
const startsWithinMs = 30_000;
const user = 'tester';

export const postgresPassword = 'hunter2-of-postgres';

/** Of postgresql.conf. */
export type Settings = Readonly<Record<string, string | number>>;

export interface Postgres extends AsyncDisposable {
  readonly port: number;
  /** A new, empty database, as a URL with user and password. */
  database(): Promise<string>;
  /** Ends the server as a failing machine would, and starts it again on the same port. */
  restart(): Promise<void>;
}

/**
 * Starts the server of Debian's package on the loopback with a new cluster, and waits until it answers. Nothing in it is worth keeping,
 * so nothing is forced to the disk, unless the settings say otherwise.
 */
export async function startPostgres(others: Settings = {}): Promise<Postgres> {
  const programs = findPostgres();
  if (programs === undefined) throw new Error('the Debian package postgresql is missing');
  // Not in this process's own temporary folder, which the server's user may not enter.
  const folder = mkdtempSync(join(process.env.SIDEBAND_GUARD_BASE ?? tmpdir(), 'sb-pg-'));
  const who = unprivileged(folder);
  const password = join(folder, 'password');
  writeFileSync(password, postgresPassword, { mode: 0o644 });
  const data = join(folder, 'data');
  const login = ['-U', user, '--auth=scram-sha-256', `--pwfile=${password}`, '-E', 'UTF8', '--locale=C'];
  await run(join(programs, 'initdb'), ['-D', data, ...login, '--no-sync'], { cwd: folder, ...who });
  const port = await freeTcpPort();
  const start = (): ChildProcess =>
    spawn(join(programs, 'postgres'), ['-D', data, ...settings({ port, ...others })], {
      cwd: folder,
      stdio: 'ignore',
      ...who,
    });
  let server = start();
  const url = (database: string): string =>
    `postgres://${user}:${encodeURIComponent(postgresPassword)}@127.0.0.1:${port}/${database}`;
  const postgres: Postgres = {
    port,
    async database() {
      const name = `test_${randomUUID().replaceAll('-', '')}`;
      await query(url('postgres'), `CREATE DATABASE ${name}`);
      return url(name);
    },
    async restart() {
      await end(server, 'SIGQUIT');
      server = start();
      await untilReady(server, url('postgres'));
    },
    async [Symbol.asyncDispose]() {
      await end(server, 'SIGINT');
      rmSync(folder, { recursive: true, force: true });
    },
  };
  try {
    await untilReady(server, url('postgres'));
  } catch (error) {
    await postgres[Symbol.asyncDispose]();
    throw error;
  }
  return postgres;
}

function settings(others: Settings): readonly string[] {
  const values: Settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    fsync: 'off',
    full_page_writes: 'off',
    max_connections: 100,
    shared_buffers: '32MB',
    ...others,
  };
  return Object.entries(values).flatMap(([key, value]) => ['-c', `${key}=${value}`]);
}

/** PostgreSQL refuses to run as root: then it runs as the package's own user, who gets the folder. */
function unprivileged(folder: string): { readonly uid?: number; readonly gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const id = (flag: string): number => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  const [uid, gid] = [id('-u'), id('-g')];
  chownSync(folder, uid, gid);
  return { uid, gid };
}

async function untilReady(server: ChildProcess, url: string): Promise<void> {
  const deadline = performance.now() + startsWithinMs;
  for (;;) {
    try {
      await query(url, 'SELECT 1');
      return;
    } catch (error) {
      if (server.exitCode !== null || performance.now() > deadline) throw error;
      await delay(50);
    }
  }
}

/** One statement on a connection of its own. */
export async function query(url: string, text: string, values: readonly unknown[] = []): Promise<readonly unknown[]> {
  const client = new Client({ connectionString: url });
  // A server that goes away is told by the query as well.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.query(text, [...values])).rows as readonly unknown[];
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function end(server: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const gone = once(server, 'exit');
  server.kill(signal);
  await gone;
}
