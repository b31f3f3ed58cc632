import { createSocket } from 'node:dgram';
import { isIP } from 'node:net';
import type { KnockResult, UdpEndpoint } from './udp';

const repeatEveryMs = 1000;
const unreachable = new Set(['EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN', 'ENETDOWN']);

/** Sends a datagram from a connected socket until something comes back, the system reports an error, or the time is up. */
export function knock(
  datagram: Uint8Array,
  { address, port }: UdpEndpoint,
  waitMs: number,
  signal: AbortSignal,
): Promise<KnockResult> {
  return new Promise((resolve, reject) => {
    const socket = createSocket(isIP(address) === 6 ? 'udp6' : 'udp4');
    const finish = (settle: () => void): void => {
      clearTimeout(timer);
      clearInterval(repeat);
      signal.removeEventListener('abort', stop);
      socket.removeAllListeners();
      socket.on('error', () => undefined);
      socket.close();
      settle();
    };
    const end = (result: KnockResult): void => {
      finish(() => {
        resolve(result);
      });
    };
    const stop = (): void => {
      finish(() => {
        reject(signal.reason as Error);
      });
    };
    const fail = (error: NodeJS.ErrnoException | null): void => {
      if (error?.code === 'ECONNREFUSED') end({ kind: 'refused' });
      else if (error?.code !== undefined && unreachable.has(error.code)) end({ kind: 'unreachable' });
    };
    const timer = setTimeout(end, waitMs, { kind: 'silent' });
    const repeat = setInterval(() => {
      socket.send(datagram, fail);
    }, repeatEveryMs);
    socket.on('error', fail);
    socket.on('message', (answer) => {
      end({ kind: 'answer', datagram: answer });
    });
    socket.on('connect', () => {
      socket.send(datagram, fail);
    });
    if (signal.aborted) stop();
    else {
      signal.addEventListener('abort', stop, { once: true });
      socket.connect(port, address);
    }
  });
}
