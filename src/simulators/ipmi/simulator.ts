import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { createHash } from 'node:crypto';
import { Board } from './board';
import { Bmc, type BmcQuirks, type BmcUser } from './bmc';
import { Machine } from './machine';
import { Chance, DelayLine, type NetworkFaults } from './network';

const addressesPerBlock = 250;

/** One simulated BMC. What is left out is as on a healthy one. */
export interface SimulatedBmcOptions {
  readonly on?: boolean;
  /** How long the power takes to follow, in milliseconds. */
  readonly powerDelayMs?: number;
  readonly users?: readonly BmcUser[];
  readonly suites?: readonly number[];
  readonly slots?: number;
  /** IANA enterprise number of the maker. */
  readonly manufacturer?: number;
  readonly product?: number;
  readonly firmware?: readonly [major: number, minorBcd: number];
  readonly quirks?: BmcQuirks;
  readonly network?: NetworkFaults;
  /** How many sensors it has at least. */
  readonly sensors?: number;
}

export interface IpmiSimulatorOptions {
  readonly bmcs: readonly SimulatedBmcOptions[];
  /**
   * `ports`: all on 127.0.0.1, each on a port of its own. `addresses`: all on one port, each on an address of its own from
   * 127.`net`.0.1 to .250, then 127.`net`.1.1 and so on, which works where the whole of 127/8 is the loopback (Linux).
   */
  readonly layout?: 'ports' | 'addresses';
  readonly net?: number;
  /** Only for the layout `addresses`; 0 chooses one. */
  readonly port?: number;
  readonly seed?: number;
}

/** A BMC on the network, with what a test may look at and turn. */
export class SimulatedBmc {
  readonly bmc: Bmc;
  readonly address: string;
  readonly port: number;
  /** Datagrams that came in, lost ones not counted. */
  received = 0;
  network: NetworkFaults;
  /** How many answers to the next requests in a session are lost. */
  answersToLose = 0;
  readonly #socket: Socket;

  constructor(bmc: Bmc, socket: Socket, network: NetworkFaults, chance: Chance, delays: DelayLine) {
    const { address, port } = socket.address();
    this.bmc = bmc;
    this.address = address;
    this.port = port;
    this.network = network;
    this.#socket = socket;
    socket.on('message', (datagram, from) => {
      if (chance.hits(this.network.loseRequests)) return;
      this.received++;
      const answer = this.network.silent ? undefined : bmc.receive(datagram, from);
      if (!answer || chance.hits(this.network.loseAnswers)) return;
      if (this.answersToLose > 0 && answer[5] === 0xc0) {
        this.answersToLose--;
        return;
      }
      const copies = chance.hits(this.network.duplicateAnswers) ? 2 : 1;
      delays.after(() => {
        for (let copy = 0; copy < copies; copy++) this.#socket.send(answer, from.port, from.address);
      });
    });
  }

  /** `ipmi://admin@127.0.0.1:9623` */
  get url(): string {
    return `ipmi://admin@${this.address}:${this.port}`;
  }
}

/** Many BMCs in one process, each on a socket of its own. */
export class IpmiSimulator implements AsyncDisposable {
  readonly bmcs: readonly SimulatedBmc[];
  readonly #sockets: readonly Socket[];
  readonly #delays: readonly DelayLine[];

  private constructor(bmcs: readonly SimulatedBmc[], sockets: readonly Socket[], delays: readonly DelayLine[]) {
    this.bmcs = bmcs;
    this.#sockets = sockets;
    this.#delays = delays;
  }

  static async start(options: IpmiSimulatorOptions): Promise<IpmiSimulator> {
    const { layout = 'ports', net = 20, seed = 1 } = options;
    const chance = new Chance(seed);
    const lines = new Map<number, DelayLine>();
    const bmcs: SimulatedBmc[] = [];
    const sockets: Socket[] = [];
    let { port = 0 } = options;
    try {
      for (const [index, one] of options.bmcs.entries()) {
        const address = layout === 'ports' ? '127.0.0.1' : nthAddress(net, index);
        const socket = await bind(address, layout === 'ports' ? 0 : port);
        sockets.push(socket);
        if (layout === 'addresses') ({ port } = socket.address());
        const network = one.network ?? {};
        const delayMs = network.delayMs ?? 0;
        const line = lines.get(delayMs) ?? new DelayLine(delayMs);
        lines.set(delayMs, line);
        bmcs.push(new SimulatedBmc(makeBmc(one, index), socket, network, chance, line));
      }
    } catch (error) {
      for (const socket of sockets) socket.close();
      throw error;
    }
    return new IpmiSimulator(bmcs, sockets, [...lines.values()]);
  }

  /** Datagrams that came in. */
  get received(): number {
    return this.bmcs.reduce((total, { received }) => total + received, 0);
  }

  get openSessions(): number {
    return this.bmcs.reduce((total, { bmc }) => total + bmc.openSessions, 0);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const line of this.#delays) line.dispose();
    for (const { bmc } of this.bmcs) bmc.machine.dispose();
    await Promise.all(this.#sockets.map((socket) => new Promise<void>((done) => void socket.close(done))));
  }
}

const usualSensors = 10;

export const defaultUser: BmcUser = { name: 'admin', password: 'demo', limit: 4 };

function makeBmc(options: SimulatedBmcOptions, index: number): Bmc {
  const { on = true, powerDelayMs = 0, users = [defaultUser], suites = [17, 3], slots = 4, quirks = {} } = options;
  const { manufacturer = 10876, product = 0x0a1b, firmware = [1, 0x74] } = options;
  const guid = createHash('md5').update(`bmc ${index}`).digest();
  const machine = new Machine({ on, powerDelayMs });
  const texts = {
    maker: 'Sideband Demo',
    product: 'Rack Server',
    serial: `SN${String(index + 1).padStart(6, '0')}`,
  };
  const board = new Board(texts, options.sensors ?? usualSensors);
  return new Bmc({ identity: { manufacturer, product, firmware, guid }, machine, board, users, suites, slots, quirks });
}

async function bind(address: string, port: number): Promise<Socket> {
  const socket = createSocket('udp4');
  socket.bind(port, address);
  try {
    await once(socket, 'listening');
  } catch (error) {
    socket.close();
    throw error;
  }
  socket.on('error', () => undefined);
  return socket;
}

function nthAddress(net: number, index: number): string {
  return `127.${net}.${Math.floor(index / addressesPerBlock)}.${1 + (index % addressesPerBlock)}`;
}
