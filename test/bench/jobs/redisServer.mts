import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { start, stop } from '../../tools/run.mts';

export interface Redis extends AsyncDisposable {
  readonly socket: string;
}

const startsWithinMs = 10_000;

/** `logged`: each write goes to a log on disk, which is forced there once a second. */
export type Persistence = 'logged' | 'none';

/** A server of its own, with its log in the folder, on a socket file, which costs a client less than TCP. */
export async function startRedis(folder: string, persistence: Persistence): Promise<Redis> {
  // The path of a socket must be short.
  const place = mkdtempSync(join(tmpdir(), 'sideband-redis-'));
  const socket = join(place, 'redis.sock');
  const log = persistence === 'logged' ? ['--appendonly', 'yes', '--appendfsync', 'everysec'] : [];
  const server = start('redis-server', ['--port', '0', '--unixsocket', socket, '--dir', folder, '--save', '', ...log]);
  const redis: Redis = {
    socket,
    async [Symbol.asyncDispose]() {
      await stop(server);
      rmSync(place, { recursive: true, force: true });
    },
  };
  try {
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(new Error('redis-server is not ready'));
      }, startsWithinMs);
      server.once('error', reject).once('exit', () => {
        reject(new Error('redis-server has ended'));
      });
      server.stdout?.setEncoding('utf8').on('data', (text: string) => {
        if (!text.includes('eady to accept connections')) return;
        clearTimeout(timer);
        resolve();
      });
    });
  } catch (error) {
    await redis[Symbol.asyncDispose]();
    throw error;
  }
  return redis;
}
