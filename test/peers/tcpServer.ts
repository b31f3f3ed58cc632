import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createServer as createSecureServer, type TlsOptions, type TLSSocket } from 'node:tls';

export interface TcpServerOptions {
  readonly tls?: TlsOptions;
  readonly address?: string;
  /** Of an earlier server that is closed; otherwise a free one. */
  readonly port?: number;
}

/** A server on the loopback that does what a test says with each connection, over TLS once the handshake is done. */
export class TcpServer {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  /** All that were accepted until now. */
  connections = 0;
  /** Handshakes that succeeded, and those of them that resumed an earlier session. */
  handshakes = 0;
  resumptions = 0;
  /** All bytes that came, after decryption, as latin1. */
  heard = '';

  private constructor(server: Server, isSecure: boolean, act: (socket: Socket, number: number) => void) {
    this.#server = server;
    server.on('connection', (socket: Socket) => {
      this.connections++;
      this.#sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => this.#sockets.delete(socket));
    });
    server.on(isSecure ? 'secureConnection' : 'connection', (socket: Socket) => {
      if (isSecure) {
        this.handshakes++;
        if ((socket as TLSSocket).isSessionReused()) this.resumptions++;
        socket.on('error', () => undefined);
      }
      socket.on('data', (bytes: Buffer) => {
        this.heard += bytes.toString('latin1');
      });
      act(socket, this.connections);
    });
    server.on('tlsClientError', () => undefined);
  }

  /** `act` is called with each connection and its number, from 1. */
  static async start(
    act: (socket: Socket, number: number) => void,
    { tls, address = '127.0.0.1', port = 0 }: TcpServerOptions = {},
  ): Promise<TcpServer> {
    const server = new TcpServer(tls ? createSecureServer(tls) : createServer(), tls !== undefined, act);
    server.#server.listen(port, address);
    await once(server.#server, 'listening');
    return server;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** How many connections are open now. */
  get open(): number {
    return this.#sockets.size;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise<void>(
      (done) =>
        void this.#server.close(() => {
          done();
        }),
    );
  }
}

/** Answers each request with the next of the answers, or the last of them; a request ends with its head or its announced body. */
export function answering(...answers: readonly string[]): (socket: Socket) => void {
  const left = [...answers];
  return (socket) => {
    let heard = '';
    socket.on('data', (bytes: Buffer) => {
      heard += bytes.toString('latin1');
      for (let length = requestLength(heard); length !== undefined; length = requestLength(heard)) {
        heard = heard.slice(length);
        const answer = left.length > 1 ? left.shift() : left[0];
        socket.write(answer ?? '', 'latin1');
        if (answer?.includes('Connection: close')) socket.end();
      }
    });
  };
}

function requestLength(heard: string): number | undefined {
  const head = heard.indexOf('\r\n\r\n');
  if (head < 0) return undefined;
  const body = Number(/^content-length: (\d+)$/im.exec(heard.slice(0, head))?.[1] ?? 0);
  return heard.length >= head + 4 + body ? head + 4 + body : undefined;
}
