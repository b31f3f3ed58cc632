import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls, type ConnectionOptions } from 'node:tls';
import type { SimulatedAmt } from '../../../src/simulators/amt/simulator';

export interface RawReply {
  readonly status: number;
  readonly head: string;
  /** Chunks joined. */
  readonly body: string;
  /** Everything as it came. */
  readonly bytes: string;
}

export interface Login {
  readonly user?: string;
  readonly password?: string;
  /** The nonce count as it is sent. */
  readonly nc?: string;
  readonly cnonce?: string;
}

const soap = 'http://www.w3.org/2003/05/soap-envelope';
const addressing = 'http://schemas.xmlsoap.org/ws/2004/08/addressing';
const wsman = 'http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd';
export const transferGet = 'http://schemas.xmlsoap.org/ws/2004/09/transfer/Get';

/** One connection to a simulated device, byte by byte: no client of ours. */
export class RawConsole implements Disposable {
  readonly #socket: Socket;
  #received = '';
  #wake = (): void => undefined;
  #isClosed = false;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (bytes: Buffer) => {
      this.#received += bytes.toString('latin1');
      this.#wake();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.#isClosed = true;
      this.#wake();
    });
  }

  static async connect({ address, port }: SimulatedAmt): Promise<RawConsole> {
    const socket = connectTcp({ host: address, port });
    await once(socket, 'connect');
    return new RawConsole(socket);
  }

  static async connectTls({ address, tlsPort }: SimulatedAmt, options: ConnectionOptions = {}): Promise<RawConsole> {
    const socket = connectTls({ host: address, port: tlsPort, rejectUnauthorized: false, ...options });
    await once(socket, 'secureConnect');
    return new RawConsole(socket);
  }

  write(bytes: string | Buffer): void {
    this.#socket.write(bytes);
  }

  /** The next reply, or nothing when the connection ends before it is whole. */
  async read(): Promise<RawReply | undefined> {
    for (;;) {
      const reply = this.#take();
      if (reply || this.#isClosed) return reply;
      await this.#more();
    }
  }

  /** Whatever comes until the other side closes. */
  async readToEnd(): Promise<string> {
    while (!this.#isClosed) await this.#more();
    return this.#received;
  }

  [Symbol.dispose](): void {
    this.#socket.destroy();
  }

  #more(): Promise<void> {
    return new Promise((done) => {
      this.#wake = done;
    });
  }

  #take(): RawReply | undefined {
    const end = this.#received.indexOf('\r\n\r\n');
    if (end < 0) return undefined;
    const head = this.#received.slice(0, end);
    const rest = this.#received.slice(end + 4);
    const found = /chunked/i.test(head) ? unchunk(rest) : cut(rest, Number(/content-length: (\d+)/i.exec(head)?.[1]));
    if (!found) return undefined;
    const length = end + 4 + found.length;
    const bytes = this.#received.slice(0, length);
    this.#received = this.#received.slice(length);
    return { status: Number(head.slice(9, 12)), head, body: found.body, bytes };
  }
}

/** The POST of an envelope, with a login when there is one. */
export function post(body: string, authorization?: string): string {
  const login = authorization === undefined ? '' : `Authorization: ${authorization}\r\n`;
  const type = 'Content-Type: application/soap+xml;charset=UTF-8\r\n';
  return `POST /wsman HTTP/1.1\r\nHost: amt\r\n${type}${login}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

/** RFC 2617, section 3.2.2, for the challenge of a reply. */
export function authorize(challenge: RawReply, login: Login = {}): string {
  const { user = 'admin', password = 'demo', nc = '00000001', cnonce = 'c0ffee' } = login;
  const [, realm = ''] = /realm="([^"]*)"/.exec(challenge.head) ?? [];
  const [, nonce = ''] = /nonce="([^"]*)"/.exec(challenge.head) ?? [];
  const ha1 = md5(`${user}:${realm}:${password}`);
  const response = md5(`${ha1}:${nonce}:${nc}:${cnonce}:auth:${md5('POST:/wsman')}`);
  return (
    `Digest username="${user}",realm="${realm}",nonce="${nonce}",uri="/wsman",response="${response}",` +
    `qop=auth,nc=${nc},cnonce="${cnonce}"`
  );
}

/** An envelope of any action on a class of AMT, CIM or IPS. */
export function envelope(className: string, action: string, body = ''): string {
  return (
    `<s:Envelope xmlns:s="${soap}" xmlns:a="${addressing}" xmlns:w="${wsman}"><s:Header><a:Action>${action}</a:Action>` +
    `<a:To>/wsman</a:To><w:ResourceURI>${uriOf(className)}</w:ResourceURI><a:MessageID>0</a:MessageID></s:Header>` +
    `<s:Body>${body}</s:Body></s:Envelope>`
  );
}

export const getChassis = envelope('CIM_Chassis', transferGet);

/** A method's envelope. */
export function call(className: string, method: string, parameters = ''): string {
  const uri = uriOf(className);
  return envelope(
    className,
    `${uri}/${method}`,
    `<r:${method}_INPUT xmlns:r="${uri}">${parameters}</r:${method}_INPUT>`,
  );
}

/** Logs in on a connection of its own and sends one request. */
export async function ask(device: SimulatedAmt, body: string, login: Login = {}): Promise<RawReply | undefined> {
  const open = (): Promise<RawConsole> =>
    device.port > 0 ? RawConsole.connect(device) : RawConsole.connectTls(device);
  using first = await open();
  first.write(post(body));
  const challenge = await first.read();
  using second = await open();
  second.write(post(body, authorize(challenge!, login)));
  return await second.read();
}

function uriOf(className: string): string {
  if (className.startsWith('CIM_')) return `http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/${className}`;
  return `http://intel.com/wbem/wscim/1/${className.slice(0, 3).toLowerCase()}-schema/1/${className}`;
}

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}

function cut(text: string, length: number): { readonly body: string; readonly length: number } | undefined {
  return text.length < length ? undefined : { body: text.slice(0, length), length };
}

function unchunk(text: string): { readonly body: string; readonly length: number } | undefined {
  let body = '';
  for (let at = 0; ;) {
    const end = text.indexOf('\r\n', at);
    if (end < 0) return undefined;
    const size = Number.parseInt(text.slice(at, end), 16);
    at = end + 2 + size + 2;
    if (text.length < at) return undefined;
    if (size === 0) return { body, length: at };
    body += text.slice(end + 2, end + 2 + size);
  }
}
