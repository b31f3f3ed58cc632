import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';

/** A serial cable with two ends, each of which is connected to whenever there is something to connect. */
export class SerialHub {
  readonly #ends: readonly [Server, Server];
  readonly #sockets = new Set<Socket>();

  private constructor(ends: readonly [Server, Server]) {
    this.#ends = ends;
    const current: [Socket | undefined, Socket | undefined] = [undefined, undefined];
    for (const [index, end] of ends.entries()) {
      end.on('connection', (socket) => {
        current[index] = socket;
        this.#sockets.add(socket);
        socket.on('error', () => undefined);
        socket.on('close', () => this.#sockets.delete(socket));
        socket.on('data', (data) => current[1 - index]?.write(data));
      });
    }
  }

  static async start(): Promise<SerialHub> {
    const ends = [createServer(), createServer()] as const;
    for (const end of ends) {
      end.listen(0, '127.0.0.1');
      await once(end, 'listening');
    }
    return new SerialHub(ends);
  }

  get ports(): readonly [number, number] {
    const [one, other] = this.#ends;
    return [(one.address() as AddressInfo).port, (other.address() as AddressInfo).port];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await Promise.all(
      this.#ends.map(
        (end) =>
          new Promise<void>(
            (done) =>
              void end.close(() => {
                done();
              }),
          ),
      ),
    );
  }
}
