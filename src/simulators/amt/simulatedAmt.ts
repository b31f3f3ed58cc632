import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { areas } from './classes';
import { AmtConnection, type Engine } from './connection';
import { type AmtCall, type AmtCounters, AmtDevice, type AmtDeviceOptions } from './device';
import type { Faults } from './faults';
import type { TlsFronts } from './tlsFronts';
import { DigestLogins } from './wire/digest';
import { WsmanService } from './wsmanService';

type Security = 'plain' | 'tls';

/** A device on the network, with what a test may look at and turn. */
export class SimulatedAmt {
  readonly device: AmtDevice;
  readonly address: string;
  readonly #engine: Engine;
  readonly #fronts: TlsFronts;
  readonly #servers = new Map<Security, Server>();
  readonly #sockets = new Set<Socket>();
  readonly #connections = new Map<AmtConnection, Security>();
  readonly #ports = { plain: 0, tls: 0 };
  #settled: Promise<void> = Promise.resolve();

  constructor(options: AmtDeviceOptions, where: { index: number; address: string; fronts: TlsFronts }) {
    this.device = new AmtDevice(options, where.index);
    this.address = where.address;
    this.#fronts = where.fronts;
    const { device } = this;
    this.#engine = { device, logins: new DigestLogins(device), service: new WsmanService(device) };
    for (const area of areas) area.start?.(device);
    device.onDidGoDark(() => {
      for (const server of this.#servers.values()) server.close();
      for (const connection of this.#connections.keys()) connection.end();
    });
    device.onDidChangeFront(() => {
      this.#settled = this.#settled.then(() => this.#followFront());
    });
  }

  /** Resolves when the listeners are those of the TLS settings that were committed last. */
  get settled(): Promise<void> {
    return this.#settled;
  }

  /** Of the listener without TLS, 16992 on real devices; 0 when there is none. */
  get port(): number {
    return this.#ports.plain;
  }

  /** Of the listener with TLS, 16993 on real devices; 0 when there is none. */
  get tlsPort(): number {
    return this.#ports.tls;
  }

  /** `amt://admin@127.0.0.1:40123`, or `amts://…` when that is the only way. */
  get url(): string {
    const user = this.device.accounts.admin;
    return this.port > 0
      ? `amt://${user}@${this.address}:${this.port}`
      : `amts://${user}@${this.address}:${this.tlsPort}`;
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
    if (ports !== 'tls') await this.#open('plain', port);
    if (ports !== 'plain') await this.#open('tls', tlsPort);
  }

  /** Stops listening, as a device that has not been set up; the ports stay known. */
  stopListening(): void {
    for (const server of this.#servers.values()) server.close();
  }

  async close(): Promise<void> {
    this.device.dispose();
    await this.#settled;
    const closed = [...this.#servers.values()].filter(({ listening }) => listening).map(closeServer);
    for (const socket of this.#sockets) socket.destroy();
    await Promise.all(closed);
  }

  async #open(security: Security, port: number): Promise<void> {
    const server = createServer({ noDelay: true }, (socket) => {
      this.counters.connections++;
      this.#sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => this.#sockets.delete(socket));
      if (security === 'plain') this.#serve(socket, security);
      else this.#secure(socket);
    });
    this.#servers.set(security, server);
    server.listen(port, this.address);
    await once(server, 'listening');
    server.on('error', () => undefined); // such as too many open files: that connection is lost, no more
    this.#ports[security] = (server.address() as AddressInfo).port;
  }

  /** Opens what the device speaks from now on, and closes the rest. */
  async #followFront(): Promise<void> {
    const { ports } = this.device;
    if (this.device.isDark || this.device.signal.aborted) return;
    for (const security of ['plain', 'tls'] as const) {
      const isWanted = ports === 'both' || ports === security;
      const server = this.#servers.get(security);
      if (isWanted && !server) await this.#open(security, 0);
      if (!isWanted && server) this.#shut(security, server);
    }
  }

  #shut(security: Security, server: Server): void {
    server.close();
    this.#servers.delete(security);
    this.#ports[security] = 0;
    for (const [connection, of] of this.#connections) if (of === security) connection.end();
  }

  #secure(socket: Socket): void {
    this.#fronts.secure(socket, this.device, (secured) => {
      this.counters.tlsHandshakes++;
      if (secured.isSessionReused()) this.counters.tlsResumed++;
      this.#serve(secured, 'tls');
    });
  }

  #serve(socket: Socket, security: Security): void {
    const connection = new AmtConnection(socket, this.#engine, security);
    this.#connections.set(connection, security);
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
