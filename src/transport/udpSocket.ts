import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { isIP } from 'node:net';
import type { Disposable } from '../base/disposables';
import { Turns } from '../base/turns';
import { knock } from './knock';
import { resolveHost } from './resolve';
import type { KnockResult, UdpEndpoint, UdpTransport } from './udp';

/** The system's default holds about 270 small datagrams; thousands of controllers answer at once. */
const receiveBufferSize = 4 * 1024 * 1024;
/** Each knock has a socket of its own, and a process may not have many files open. */
const knocksAtOnce = 200;

type Listener = (datagram: Uint8Array) => void;

/** A transport that opens its socket, one for each IP version, when it is first used. */
export function openUdp(): UdpTransport {
  return new UdpSocket();
}

class UdpSocket implements UdpTransport {
  readonly #sockets = new Map<4 | 6, Socket>();
  readonly #listeners = new Map<string, Map<number, Set<Listener>>>();
  readonly #knocks = new Turns(knocksAtOnce);
  #isDisposed = false;

  resolve(host: string, signal: AbortSignal): Promise<string> {
    return resolveHost(host, signal);
  }

  listen({ address, port }: UdpEndpoint, listener: Listener): Disposable {
    const ports = this.#listeners.get(address) ?? new Map<number, Set<Listener>>();
    const listeners = ports.get(port) ?? new Set();
    this.#listeners.set(address, ports.set(port, listeners.add(listener)));
    return {
      dispose: () => {
        listeners.delete(listener);
        if (listeners.size === 0 && ports.get(port) === listeners) ports.delete(port);
        if (ports.size === 0 && this.#listeners.get(address) === ports) this.#listeners.delete(address);
      },
    };
  }

  send(datagram: Uint8Array, { address, port }: UdpEndpoint): void {
    if (this.#isDisposed) return;
    // A datagram that cannot be sent is one that is lost: the sender's wait ends either way, and a knock tells why.
    this.#socket(isIP(address) === 6 ? 6 : 4).send(datagram, port, address);
  }

  async knock(datagram: Uint8Array, to: UdpEndpoint, waitMs: number, signal: AbortSignal): Promise<KnockResult> {
    await this.#knocks.enter(signal);
    try {
      return await knock(datagram, to, waitMs, signal);
    } finally {
      this.#knocks.leave();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isDisposed = true;
    const sockets = [...this.#sockets.values()];
    this.#sockets.clear();
    this.#listeners.clear();
    await Promise.all(sockets.map((socket) => new Promise<void>((resolve) => void socket.close(resolve))));
  }

  #socket(version: 4 | 6): Socket {
    const open = this.#sockets.get(version);
    if (open) return open;
    const socket = createSocket({
      type: `udp${version}`,
      // Only literal addresses are sent to, so nothing is to be looked up.
      lookup: (address, _options, callback) => {
        callback(null, address, version);
      },
    });
    socket.on('listening', () => {
      enlargeReceiveBuffer(socket);
    });
    socket.on('message', (datagram, from) => {
      this.#deliver(datagram, from);
    });
    socket.on('error', () => undefined);
    this.#sockets.set(version, socket);
    return socket;
  }

  #deliver(datagram: Uint8Array, { address, port }: RemoteInfo): void {
    const listeners = this.#listeners.get(address)?.get(port);
    if (listeners) for (const listener of listeners) listener(datagram);
  }
}

/** Some systems refuse more than they allow instead of giving what they can. */
function enlargeReceiveBuffer(socket: Socket): void {
  try {
    socket.setRecvBufferSize(receiveBufferSize);
  } catch {
    // The default works too, for fewer controllers at once.
  }
}
