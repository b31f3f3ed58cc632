import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';

/** What the controller does on the wire that the standard leaves open, or that real ones do wrong. */
export interface BmcQuirks {
  /** Suites that are taken; the answer to others is the status, or nothing. */
  readonly suites: readonly (3 | 17)[];
  readonly refusal: number | 'silence';
  /** A repeated RAKP message 1 gets a new random number, as the standard allows. */
  readonly freshNonces: boolean;
  /** What a repeated RAKP message 3 gets once the session is open. */
  readonly repeatedRakp3: 'answer' | 'refuse' | 'ignore';
  /** What a RAKP message 3 gets that belongs to an older random number. */
  readonly staleRakp3: 'refuse' | 'ignore';
  readonly offersRestartCause: boolean;
  readonly restartCause: number;
  /** May the session be lowered to user level? */
  readonly lowers: boolean;
  readonly user: string;
  readonly password: string;
  /** The highest privilege of the user. */
  readonly limit: number;
  /** Completion codes that the next requests of a command get before it is executed, by `netFn command` in hexadecimal. */
  readonly completionCodes: Readonly<Record<string, number[]>>;
  /** Sequence numbers left out before each answer. */
  readonly skips: number;
}

interface BmcSession {
  readonly id: number;
  readonly consoleId: number;
  readonly hash: 'sha1' | 'sha256';
  readonly rm: Uint8Array;
  rc: Uint8Array;
  role: number;
  user: Uint8Array;
  sik: Uint8Array;
  open: boolean;
  level: number;
  sent: number;
  readonly received: Set<number>;
  highest: number;
  readonly tag: number;
}

const guid = Buffer.from('a123456789abcdefa123456789abcdef', 'hex');
const ascii = (text: string): Buffer => Buffer.from(text, 'latin1');

/** A controller in memory, written from the standard with nothing of the client. Datagram in, datagrams out. */
export class ScriptedBmc {
  readonly quirks: BmcQuirks;
  readonly sessions = new Map<number, BmcSession>();
  /** Chassis Control actions carried out, in order. */
  readonly executed: number[] = [];
  readonly log: string[] = [];
  poweredOn = true;
  restartCause: number;
  #nextId = 1;

  constructor(quirks: Partial<BmcQuirks> = {}) {
    this.quirks = {
      suites: [3, 17],
      refusal: 0x11,
      freshNonces: false,
      repeatedRakp3: 'answer',
      staleRakp3: 'refuse',
      offersRestartCause: true,
      restartCause: 0,
      lowers: true,
      user: 'admin',
      password: 'secret',
      limit: 4,
      completionCodes: {},
      skips: 0,
      ...quirks,
    };
    this.restartCause = this.quirks.restartCause;
  }

  get openSessions(): number {
    return [...this.sessions.values()].filter(({ open }) => open).length;
  }

  receive(datagram: Uint8Array): Uint8Array | undefined {
    const bytes = Buffer.from(datagram);
    if (bytes[3] !== 0x07 || bytes[4] !== 0x06) return undefined;
    const type = bytes[5]! & 0x3f;
    const payload = bytes.subarray(16, 16 + bytes.readUInt16LE(14));
    if (type === 0x10) return this.#openSession(payload);
    if (type === 0x12) return this.#rakp1(payload);
    if (type === 0x14) return this.#rakp3(payload);
    return this.#inSession(bytes);
  }

  #openSession(payload: Buffer): Uint8Array | undefined {
    this.log.push('open');
    const consoleId = payload.readUInt32LE(4);
    const algorithms = [payload[12], payload[20], payload[28]].join();
    const suite = algorithms === '1,1,1' ? 3 : algorithms === '3,4,1' ? 17 : 0;
    const tag = payload[0]!;
    if (suite === 0 || !this.quirks.suites.includes(suite)) {
      if (this.quirks.refusal === 'silence') return undefined;
      return setup(0x11, Buffer.of(tag, this.quirks.refusal, 0, 0, ...le(consoleId)));
    }
    const id = this.#nextId++ * 0x100 + 2;
    this.sessions.set(id, {
      id,
      consoleId,
      tag,
      hash: suite === 3 ? 'sha1' : 'sha256',
      rm: new Uint8Array(16),
      rc: randomBytes(16),
      role: 0,
      user: new Uint8Array(0),
      sik: new Uint8Array(0),
      open: false,
      level: 2,
      sent: 0,
      received: new Set(),
      highest: 0,
    });
    return setup(0x11, Buffer.of(tag, 0, 4, 0, ...le(consoleId), ...le(id), ...payload.subarray(8, 32)));
  }

  #rakp1(payload: Buffer): Uint8Array | undefined {
    this.log.push('rakp1');
    const session = this.sessions.get(payload.readUInt32LE(4));
    if (!session) return undefined;
    session.rm.set(payload.subarray(8, 24));
    session.role = payload[24]!;
    session.user = payload.subarray(28, 28 + payload[27]!);
    if (this.quirks.freshNonces) session.rc = randomBytes(16);
    const head = (status: number): Buffer => Buffer.of(payload[0]!, status, 0, 0, ...le(session.consoleId));
    if (Buffer.compare(session.user, ascii(this.quirks.user)) !== 0) return setup(0x13, head(0x0d));
    if ((session.role & 0x0f) > this.quirks.limit) return setup(0x13, head(0x0a));
    const { hash, consoleId, id, rm, rc } = session;
    const code = mac(hash, this.quirks.password, le(consoleId), le(id), rm, rc, guid, who(session));
    return setup(0x13, Buffer.concat([head(0), rc, guid, code]));
  }

  #rakp3(payload: Buffer): Uint8Array | undefined {
    this.log.push(payload[1] === 0 ? 'rakp3' : `rakp3 status ${payload[1]}`);
    const session = this.sessions.get(payload.readUInt32LE(4));
    if (!session) return undefined;
    const { hash, consoleId, id, rm, rc } = session;
    const head = (status: number): Buffer => Buffer.of(payload[0]!, status, 0, 0, ...le(consoleId));
    if (payload[1] !== 0) {
      this.sessions.delete(id);
      return undefined;
    }
    if (session.open && this.quirks.repeatedRakp3 === 'ignore') return undefined;
    if (session.open && this.quirks.repeatedRakp3 === 'refuse') return setup(0x15, head(0x02));
    const code = mac(hash, this.quirks.password, rc, le(consoleId), who(session));
    if (Buffer.compare(code, payload.subarray(8)) !== 0) {
      if (this.quirks.staleRakp3 === 'ignore') return undefined;
      this.sessions.delete(id);
      return setup(0x15, head(0x0f));
    }
    session.sik = mac(hash, this.quirks.password, rm, rc, who(session));
    session.open = true;
    const value = mac(hash, session.sik, rm, le(id), guid).subarray(0, hash === 'sha1' ? 12 : 16);
    return setup(0x15, Buffer.concat([head(0), value]));
  }

  #inSession(bytes: Buffer): Uint8Array | undefined {
    const session = this.sessions.get(bytes.readUInt32LE(6));
    if (!session?.open || bytes[5] !== 0xc0) return undefined;
    const { hash, sik } = session;
    const codeLength = hash === 'sha1' ? 12 : 16;
    const end = bytes.length - codeLength;
    const k1 = mac(hash, sik, Buffer.alloc(20, 1));
    const k2 = mac(hash, sik, Buffer.alloc(20, 2)).subarray(0, 16);
    const code = mac(hash, k1, bytes.subarray(4, end)).subarray(0, codeLength);
    if (Buffer.compare(code, bytes.subarray(end)) !== 0) return undefined;
    const number = bytes.readUInt32LE(10);
    if (session.received.has(number) || number < session.highest - 16 || number > session.highest + 16) {
      this.log.push('replay dropped');
      return undefined;
    }
    session.received.add(number);
    session.highest = Math.max(session.highest, number);

    const message = this.#decrypt(session, bytes);
    const answer = this.#execute(session, message[1]! >> 2, message[5]!, message.subarray(6, -1));

    const head = Buffer.of(0x81, ((message[1]! >> 2) | 1) << 2);
    const tail = Buffer.from([0x20, message[4]!, message[5]!, ...answer]);
    const plain = Buffer.concat([head, sum(head), tail, sum(tail)]);
    const pad = (16 - ((plain.length + 1) % 16)) % 16;
    const iv = randomBytes(16);
    const cipher = createCipheriv('aes-128-cbc', k2, iv).setAutoPadding(false);
    const padding = Buffer.from([...Array.from({ length: pad }, (_, i) => i + 1), pad]);
    const encrypted = Buffer.concat([iv, cipher.update(Buffer.concat([plain, padding]))]);
    session.sent += 1 + this.quirks.skips;
    const header = Buffer.from([
      0x06,
      0xc0,
      ...le(session.consoleId),
      ...le(session.sent),
      ...le(encrypted.length).subarray(0, 2),
    ]);
    const fill = (4 - ((header.length + encrypted.length + 2) % 4)) % 4;
    const signed = Buffer.concat([header, encrypted, Buffer.alloc(fill, 0xff), Buffer.of(fill, 0x07)]);
    return Buffer.concat([Buffer.of(6, 0, 0xff, 7), signed, mac(hash, k1, signed).subarray(0, codeLength)]);
  }

  /** What a datagram asks for, without carrying it out: `00 02`. */
  peek(datagram: Uint8Array): string | undefined {
    const bytes = Buffer.from(datagram);
    const session = this.sessions.get(bytes.readUInt32LE(6));
    if (!session?.open || bytes[5] !== 0xc0) return undefined;
    const message = this.#decrypt(session, bytes);
    return nameOf(message[1]! >> 2, message[5]!);
  }

  #decrypt({ hash, sik }: BmcSession, bytes: Buffer): Buffer {
    const k2 = mac(hash, sik, Buffer.alloc(20, 2)).subarray(0, 16);
    const body = bytes.subarray(16, 16 + bytes.readUInt16LE(14));
    const decipher = createDecipheriv('aes-128-cbc', k2, body.subarray(0, 16)).setAutoPadding(false);
    const padded = decipher.update(body.subarray(16));
    return padded.subarray(0, padded.length - 1 - padded.at(-1)!);
  }

  #execute(session: BmcSession, netFn: number, command: number, data: Buffer): number[] {
    const name = nameOf(netFn, command);
    this.log.push(name);
    const code = this.quirks.completionCodes[name]?.shift();
    if (code !== undefined) return [code];
    switch (name) {
      case '00 01':
        return [0, this.poweredOn ? 0x21 : 0x20, 0, 0x40];
      case '00 02':
        if (session.level < 3) return [0xd4];
        this.executed.push(data[0]!);
        if (data[0] === 0 || data[0] === 5) this.poweredOn = false;
        else if (data[0] === 1) this.poweredOn = true;
        else if (data[0] !== 4) this.restartCause = 1;
        return [0];
      case '00 07':
        return this.quirks.offersRestartCause ? [0, this.restartCause, 1] : [0xc1];
      case '06 01':
        return [0, 0x20, 0x81, 0x02, 0x45, 0x02, 0xbf, 0xa2, 0x02, 0x00, 0x00, 0x01];
      case '06 37':
        return [0, ...guid];
      case '06 3b':
        if (data[0] === 2 && !this.quirks.lowers) return [0x82];
        if (data[0]! > this.quirks.limit) return [0x80];
        if (data[0] !== 0) session.level = data[0]!;
        return [0, session.level];
      case '06 3c':
        session.open = data.readUInt32LE(0) !== session.id;
        return [0];
      default:
        return [0xc1];
    }
  }
}

function nameOf(...bytes: number[]): string {
  return bytes.map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
}

function who({ role, user }: BmcSession): Buffer {
  return Buffer.of(role, user.length, ...user);
}

function mac(hash: string, key: string | Uint8Array, ...parts: Uint8Array[]): Buffer {
  return createHmac(hash, key).update(Buffer.concat(parts)).digest();
}

function le(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function sum(bytes: Buffer): Buffer {
  return Buffer.of(-bytes.reduce((total, byte) => total + byte, 0) & 0xff);
}

function setup(type: number, payload: Buffer): Buffer {
  return Buffer.concat([
    Buffer.of(6, 0, 0xff, 7, 6, type),
    Buffer.alloc(8),
    le(payload.length).subarray(0, 2),
    payload,
  ]);
}
