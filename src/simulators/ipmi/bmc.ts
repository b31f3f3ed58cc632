import { randomBytes } from 'node:crypto';
import { answerCommand, commandName } from './commands';
import { decryptBlocks, mac, type SuiteTraits, suiteFor } from './crypto';
import type { Board } from './board';
import type { Machine } from './machine';
import { keyOf, le32, plainHeader, seal, sum, whoIs, wrap } from './packets';
import { ReplayWindow } from './replayWindow';
import type { BmcIdentity, BmcUser, Login } from './rule';

export type { BmcUser };

/** What a BMC does otherwise than it should. */
export interface BmcQuirks {
  /** Answers no presence ping. */
  readonly noPing?: boolean;
  /** Answers nothing but the ping. */
  readonly pingOnly?: boolean;
  /** Its pong says that it has no IPMI. */
  readonly noIpmi?: boolean;
  readonly ipmi15Only?: boolean;
  /** Whether it carries out and answers what it has seen before. */
  readonly ignoresReplays?: boolean;
}

export interface BmcOptions {
  readonly identity: BmcIdentity;
  readonly machine: Machine;
  readonly board: Board;
  readonly users: readonly BmcUser[];
  readonly suites: readonly number[];
  readonly slots: number;
  readonly quirks: BmcQuirks;
}

interface Session extends Pick<Login, 'handle' | 'from'> {
  readonly consoleId: number;
  readonly suite: SuiteTraits;
  readonly requested: number;
  nonces?: { readonly rm: Buffer; readonly rc: Buffer; readonly role: number; readonly user: BmcUser };
  keys?: { readonly k1: Buffer; readonly k2: Buffer };
  level: number;
  lastUse: number;
  outbound: number;
  readonly window: ReplayWindow;
}

const sessionTimeoutMs = 60_000;
const halfOpenTimeoutMs = 5_000;
const highestLevel = 4;

/** A baseboard management controller: datagrams in, datagrams out. Written from IPMI v2.0 and ASF 2.0. */
export class Bmc {
  readonly machine: Machine;
  readonly #options: BmcOptions;
  readonly #sessions = new Map<number, Session>();
  /** How often each command was carried out, by `netFn command` in hexadecimal. */
  readonly executed = new Map<string, number>();
  logins = 0;
  #nextHandle = 0;
  #nextId = 0x0200_0000 + (randomBytes(2).readUInt16LE() << 4);

  constructor(options: BmcOptions) {
    this.#options = options;
    this.machine = options.machine;
  }

  /** Sessions that are logged in. */
  get openSessions(): number {
    return this.#activeSessions().length;
  }

  /** The answer to a datagram, if there is one. */
  receive(datagram: Buffer, from: Login['from']): Buffer | undefined {
    if (datagram.length < 12 || datagram[0] !== 0x06) return undefined;
    if (datagram[3] === 0x06) return this.#pong(datagram);
    if (datagram[3] !== 0x07 || this.#options.quirks.pingOnly) return undefined;
    if (datagram[4] === 0x00) return this.#outsideSession(datagram);
    return datagram[4] === 0x06 && datagram.length >= 16 ? this.#rmcpPlus(datagram, from) : undefined;
  }

  #pong(ping: Buffer): Buffer | undefined {
    const { noPing, noIpmi } = this.#options.quirks;
    if (noPing || ping[8] !== 0x80) return undefined;
    const pong = Buffer.from('0600ff06000011be40000010000011be00000000810000000000000000', 'hex').subarray(0, 28);
    pong[9] = ping[9] ?? 0;
    if (noIpmi) pong[20] = 0x01;
    return pong;
  }

  #outsideSession(datagram: Buffer): Buffer | undefined {
    const length = datagram[13] ?? 0;
    const message = datagram.subarray(14, 14 + length);
    const answer = this.#answer(message, 0);
    if (!answer) return undefined;
    return Buffer.concat([plainHeader, Buffer.alloc(9), Buffer.from([answer.length]), answer]);
  }

  #rmcpPlus(datagram: Buffer, from: Login['from']): Buffer | undefined {
    const type = datagram[5] ?? 0;
    const length = datagram.readUInt16LE(14);
    const payload = datagram.subarray(16, 16 + length);
    if (payload.length < length || this.#options.quirks.ipmi15Only) return undefined;
    switch (type) {
      case 0x10:
        return payload.length >= 32 ? this.#openSession(payload, from) : undefined;
      case 0x12:
        return payload.length >= 28 ? this.#rakp1(payload) : undefined;
      case 0x14:
        return payload.length >= 8 ? this.#rakp3(payload) : undefined;
      case 0xc0:
        return this.#inSession(datagram, payload);
      default:
        return undefined;
    }
  }

  #openSession(payload: Buffer, from: Login['from']): Buffer {
    this.#expire();
    const tag = payload[0] ?? 0;
    const requested = (payload[1] ?? 0) || highestLevel; // 0 asks for the highest
    const refuse = (status: number): Buffer =>
      wrap(0x11, Buffer.concat([Buffer.from([tag, status, requested, 0]), payload.subarray(4, 8)]));
    const suite = suiteFor([payload[12] ?? 0, payload[20] ?? 0, payload[28] ?? 0], this.#options.suites);
    if (!suite) return refuse(0x11);
    if (this.#sessions.size >= this.#options.slots) return refuse(0x01);
    const id = this.#nextId++;
    const consoleId = payload.readUInt32LE(4);
    this.#sessions.set(id, {
      handle: (this.#nextHandle++ % 0xff) + 1,
      from,
      consoleId,
      suite,
      requested,
      level: 2,
      lastUse: Date.now(),
      outbound: 0,
      window: new ReplayWindow(),
    });
    const blocks = suite.algorithms.map((algorithm, kind) => Buffer.from([kind, 0, 0, 8, algorithm, 0, 0, 0]));
    return wrap(0x11, Buffer.concat([Buffer.from([tag, 0, requested, 0]), le32(consoleId), le32(id), ...blocks]));
  }

  #rakp1(payload: Buffer): Buffer | undefined {
    const tag = payload[0] ?? 0;
    const id = payload.readUInt32LE(4);
    const session = this.#sessions.get(id);
    if (!session || session.keys) return undefined;
    const head = (status: number): Buffer => Buffer.concat([Buffer.from([tag, status, 0, 0]), le32(session.consoleId)]);
    const refuse = (status: number): Buffer => {
      this.#sessions.delete(id);
      return wrap(0x13, head(status));
    };
    const role = payload[24] ?? 0;
    const name = payload.subarray(28, 28 + (payload[27] ?? 0)).toString('latin1');
    const user = this.#options.users.find((one) => one.name === name);
    if (!user) return refuse(0x0d);
    if ((role & 0x0f) > user.limit) return refuse(0x0a);
    const rm = Buffer.from(payload.subarray(8, 24));
    const rc = session.nonces?.rc ?? randomBytes(16);
    session.nonces = { rm, rc, role, user };
    const { guid } = this.#options.identity;
    const proof = Buffer.concat([le32(session.consoleId), le32(id), rm, rc, guid, whoIs(role, name)]);
    return wrap(0x13, Buffer.concat([head(0), rc, guid, mac(session.suite.digest, keyOf(user), proof)]));
  }

  #rakp3(payload: Buffer): Buffer | undefined {
    const tag = payload[0] ?? 0;
    const id = payload.readUInt32LE(4);
    const session = this.#sessions.get(id);
    if (!session?.nonces) return undefined;
    const { suite, consoleId } = session;
    const { rm, rc, role, user } = session.nonces;
    const head = (status: number): Buffer => Buffer.concat([Buffer.from([tag, status, 0, 0]), le32(consoleId)]);
    const who = whoIs(role, user.name);
    const expected = mac(suite.digest, keyOf(user), Buffer.concat([rc, le32(consoleId), who]));
    if (!expected.equals(payload.subarray(8))) {
      this.#sessions.delete(id);
      return wrap(0x15, head(0x0f));
    }
    const sik = mac(suite.digest, keyOf(user), Buffer.concat([rm, rc, who]));
    if (!session.keys) this.logins++;
    session.keys ??= {
      k1: mac(suite.digest, sik, Buffer.alloc(20, 1)),
      k2: mac(suite.digest, sik, Buffer.alloc(20, 2)).subarray(0, 16),
    };
    session.lastUse = Date.now();
    const proof = mac(suite.digest, sik, Buffer.concat([rm, le32(id), this.#options.identity.guid]));
    return wrap(0x15, Buffer.concat([head(0), proof.subarray(0, suite.macBytes)]));
  }

  #inSession(datagram: Buffer, payload: Buffer): Buffer | undefined {
    const id = datagram.readUInt32LE(6);
    const session = this.#sessions.get(id);
    if (!session?.keys) return undefined;
    const { suite, keys } = session;
    const signed = datagram.subarray(4, datagram.length - suite.macBytes);
    const code = mac(suite.digest, keys.k1, signed).subarray(0, suite.macBytes);
    if (!code.equals(datagram.subarray(datagram.length - suite.macBytes))) return undefined;
    if (!session.window.admit(datagram.readUInt32LE(10)) && !this.#options.quirks.ignoresReplays) return undefined;
    session.lastUse = Date.now();
    const message = decryptBlocks(keys.k2, payload);
    const answer = message && this.#answer(message, session.level, { id, session });
    return answer && seal(answer, session);
  }

  /** The answer to an IPMI message, checksums and all. */
  #answer(
    message: Buffer,
    level: number,
    inside?: { readonly id: number; readonly session: Session },
  ): Buffer | undefined {
    if (message.length < 7 || sum(message.subarray(0, 3)) !== 0 || sum(message.subarray(3)) !== 0) return undefined;
    const netFn = (message[1] ?? 0) >> 2;
    const command = message[5] ?? 0;
    const data = message.subarray(6, -1);
    const content =
      (inside && this.#sessionCommand(netFn, command, data, inside)) ??
      this.#plainCommand(netFn, command, data, { level, handle: inside?.session.handle });
    const head = [message[3] ?? 0, ((netFn | 1) << 2) | ((message[4] ?? 0) & 3)];
    const body = [message[0] ?? 0, message[4] ?? 0, command, ...content];
    return Buffer.from([...head, -sum(head) & 0xff, ...body, -sum(body) & 0xff]);
  }

  #plainCommand(
    netFn: number,
    command: number,
    data: Buffer,
    asking: { readonly level: number; readonly handle: number | undefined },
  ): readonly number[] {
    const { identity, machine, board, suites, users, quirks } = this.#options;
    const content = answerCommand(netFn, command, data, {
      ...{ identity, machine, board, suites, users, ipmi15Only: quirks.ipmi15Only ?? false },
      ...{ privilege: asking.level, ownLogin: asking.handle, logins: () => this.#activeSessions() },
    });
    if (content[0] === 0) this.#count(netFn, command);
    return content;
  }

  /** The commands that change the session itself. */
  #sessionCommand(
    netFn: number,
    command: number,
    data: Buffer,
    { id, session }: { readonly id: number; readonly session: Session },
  ): readonly number[] | undefined {
    if (netFn !== 0x06) return undefined;
    if (command === 0x3b) {
      const wanted = data[0] ?? 0;
      const limit = Math.min(session.requested, session.nonces?.user.limit ?? 0);
      if (wanted > limit) return [0x81];
      if (wanted > 0) session.level = wanted;
      this.#count(netFn, command);
      return [0x00, session.level];
    }
    if (command !== 0x3c) return undefined;
    const closing = data.length >= 4 ? data.readUInt32LE(0) : -1;
    if (closing !== id) return [0x87];
    this.#count(netFn, command);
    this.#sessions.delete(id);
    return [0x00];
  }

  #activeSessions(): readonly Login[] {
    return [...this.#sessions.values()]
      .filter(({ keys }) => keys)
      .map(({ handle, from, level, nonces }) => {
        const user = nonces ? this.#options.users.indexOf(nonces.user) : -1;
        return { handle, from, level, user };
      });
  }

  #count(netFn: number, command: number): void {
    const name = commandName(netFn, command);
    this.executed.set(name, (this.executed.get(name) ?? 0) + 1);
  }

  #expire(): void {
    const now = Date.now();
    for (const [id, { keys, lastUse }] of this.#sessions) {
      if (now - lastUse > (keys ? sessionTimeoutMs : halfOpenTimeoutMs)) this.#sessions.delete(id);
    }
  }
}
