import type { Socket } from 'node:net';
import { createServer, type Server, type TLSSocket } from 'node:tls';
import type { AmtDevice } from './device';

const handshakeTimeoutMs = 10_000;

/**
 * The TLS side of the listeners. Devices with the same certificate and versions share one, since a context of its own for each of
 * thousands of devices would take seconds to make.
 */
export class TlsFronts {
  readonly #fronts = new Map<string, Server>();
  readonly #waiting = new Map<string, (secured: TLSSocket) => void>();

  /** Begins a handshake on an accepted connection; calls back when it succeeded, otherwise the connection ends. */
  secure(socket: Socket, device: AmtDevice, whenSecure: (secured: TLSSocket) => void): void {
    const key = peerOf(socket);
    this.#waiting.set(key, whenSecure);
    socket.on('close', () => this.#waiting.delete(key));
    this.#frontOf(device).emit('connection', socket);
  }

  #frontOf({ profile, front: { certificate, clientAuthorities } }: AmtDevice): Server {
    const identity = JSON.stringify([profile.tls, certificate, clientAuthorities]);
    const known = this.#fronts.get(identity);
    if (known) return known;
    const mutual = clientAuthorities === undefined ? {} : { ca: clientAuthorities, requestCert: true };
    const front = createServer({ ...profile.tls, ...certificate, ...mutual, handshakeTimeout: handshakeTimeoutMs });
    front.on('secureConnection', (secured) => this.#waiting.get(peerOf(secured))?.(secured));
    front.on('tlsClientError', (_error, secured) => secured.destroy());
    this.#fronts.set(identity, front);
    return front;
  }
}

/** The two ends of a connection, by which it is known before and after the handshake. */
function peerOf(socket: Socket): string {
  return `${socket.localAddress} ${socket.localPort} ${socket.remoteAddress} ${socket.remotePort}`;
}
