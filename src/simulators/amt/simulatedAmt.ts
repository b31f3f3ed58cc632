import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { areas } from './classes';
import { AmtConnection, type Engine } from './connection';
import { type AmtCall, type AmtCounters, AmtDevice, type AmtDeviceOptions } from './device';
import type { Faults } from './faults';
import type { TlsFronts } from './tlsFronts';
import { DigestLogins } from './wire/digest';
import { WsmanService } from './wsmanService';

/** A device on the network, with what a test may look at and turn. */
export class SimulatedAmt {
  readonly device: AmtDevice;
  readonly address: string;
  readonly #engine: Engine;
  readonly #fronts: TlsFronts;
  readonly #servers: Server[] = [];
  readonly #sockets = new Set<Socket>();
  readonly #connections = new Set<AmtConnection>();
  #port = 0;
  #tlsPort = 0;

  constructor(options: AmtDeviceOptions, where: { index: number; address: string; fronts: TlsFronts }) {
    this.device = new AmtDevice(options, where.index);
    this.address = where.address;
    this.#fronts = where.fronts;
    const { device } = this;
    this.#engine = { device, logins: new DigestLogins(device), service: new WsmanService(device) };
    for (const area of areas) area.start?.(device);
    device.onDidGoDark(() => {
      for (const server of this.#servers) server.close();
      for (const connection of this.#connections) connection.end();
    });
  }

  /** Of the listener without TLS, 16992 on real devices; 0 when there is none. */
  get port(): number {
    return this.#port;
  }

  /** Of the listener with TLS, 16993 on real devices; 0 when there is none. */
  get tlsPort(): number {
    return this.#tlsPort;
  }

  /** `amt://admin@127.0.0.1:40123`, or `amts://…` when that is the only way. */
  get url(): string {
    const user = this.device.accounts.admin;
    return this.#port > 0
      ? `amt://${user}@${this.address}:${this.#port}`
      : `amts://${user}@${this.address}:${this.#tlsPort}`;
  }

  /** What changed something, in its order. */
  get calls(): AmtCall[] {
    return this.device.calls;
  }

  get counters(): AmtCounters {
    return this.device.counters;
  }

  get faults(): Faults {
    return this.device.faults;
  }

  get openConnections(): number {
    return this.#sockets.size;
  }

  /** Everybody is locked out for a while, as after ten wrong passwords. */
  lockAccount(): void {
    this.device.accounts.lock(Date.now());
  }

  unlockAccount(): void {
    this.device.accounts.unlock();
  }

  /** Opens the listeners that the device has; port 0 takes any. */
  async listen({ port, tlsPort }: { readonly port: number; readonly tlsPort: number }): Promise<void> {
    const { ports } = this.device;
    if (ports !== 'tls') {
      this.#port = await this.#open(port, (socket) => {
        this.#serve(socket, 'plain');
      });
    }
    if (ports !== 'plain') {
      this.#tlsPort = await this.#open(tlsPort, (socket) => {
        this.#fronts.secure(socket, this.device, (secured) => {
          this.counters.tlsHandshakes++;
          if (secured.isSessionReused()) this.counters.tlsResumed++;
          this.#serve(secured, 'tls');
        });
      });
    }
  }

  /** Stops listening, as a device that has not been set up; the ports stay known. */
  stopListening(): void {
    for (const server of this.#servers) server.close();
  }

  async close(): Promise<void> {
    this.device.dispose();
    const closed = this.#servers.filter(({ listening }) => listening).map(closeServer);
    for (const socket of this.#sockets) socket.destroy();
    await Promise.all(closed);
  }

  async #open(port: number, accept: (socket: Socket) => void): Promise<number> {
    const server = createServer({ noDelay: true }, (socket) => {
      this.counters.connections++;
      this.#sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => this.#sockets.delete(socket));
      accept(socket);
    });
    this.#servers.push(server);
    server.listen(port, this.address);
    await once(server, 'listening');
    server.on('error', () => undefined); // such as too many open files: that connection is lost, no more
    return (server.address() as AddressInfo).port;
  }

  #serve(socket: Socket, security: 'plain' | 'tls'): void {
    const connection = new AmtConnection(socket, this.#engine, security);
    this.#connections.add(connection);
    socket.on('close', () => this.#connections.delete(connection));
  }
}

function closeServer(server: Server): Promise<void> {
  return new Promise((done) => {
    server.close(() => {
      done();
    });
  });
}
