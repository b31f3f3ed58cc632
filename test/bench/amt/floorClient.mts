// The least code in Node that does the same exchanges: sockets, digest, indexOf. It checks nothing and survives nothing.
import { createHash } from 'node:crypto';
import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { BenchClient, Target } from './client.mts';
import { enumerate, enumerations, getEnvelope, gets, isAnswer, onAll, password, user } from './common.mts';

export const floorClient: BenchClient = (targets, task) =>
  onAll(targets, async (target) => {
    const device = new Device(target);
    try {
      for (const name of gets[task]) if (!isAnswer(name, await device.post(getEnvelope(name)))) return false;
      for (const name of enumerations[task]) {
        if (!(await enumerate(name, (envelope) => device.post(envelope)))) return false;
      }
      return true;
    } finally {
      device.close();
    }
  });

/** One device: a connection that is kept, and made anew when the device closed it. */
export class Device {
  readonly #target: Target;
  #socket: Socket | undefined;
  #challenge: { readonly realm: string; readonly nonce: string } | undefined;
  #count = 0;

  constructor(target: Target) {
    this.#target = target;
  }

  async post(body: string): Promise<string> {
    const answer = await this.#exchange(body);
    if (!answer.startsWith('HTTP/1.1 401')) return answer;
    const [realm = '', nonce = ''] = ['realm', 'nonce'].map((key) => new RegExp(`${key}="([^"]*)"`).exec(answer)?.[1]);
    this.#challenge = { realm, nonce };
    return this.#exchange(body);
  }

  close(): void {
    this.#socket?.destroy();
  }

  async #exchange(body: string): Promise<string> {
    const socket = (this.#socket ??= await this.#connect());
    const { host, port } = this.#target;
    return new Promise((resolve, reject) => {
      let text = '';
      const done = (): void => {
        socket.removeAllListeners('data').removeAllListeners('close').removeAllListeners('error');
        if (/^connection: close/im.test(text.slice(0, text.indexOf('\r\n\r\n')))) {
          socket.destroy();
          this.#socket = undefined;
        }
        resolve(text);
      };
      socket.on('data', (chunk: string) => {
        text += chunk;
        const end = text.indexOf('\r\n\r\n');
        if (end < 0) return;
        const length = /content-length: (\d+)/i.exec(text.slice(0, end))?.[1];
        if (length === undefined ? text.endsWith('0\r\n\r\n') : text.length >= end + 4 + Number(length)) done();
      });
      socket.on('close', () => {
        this.#socket = undefined;
        reject(new Error('closed'));
      });
      socket.on('error', reject);
      socket.write(
        `POST /wsman HTTP/1.1\r\nHost: ${host}:${port}\r\n${this.#authorization()}Content-Type: application/soap+xml;charset=UTF-8\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
      );
    });
  }

  #authorization(): string {
    if (!this.#challenge) return '';
    const { realm, nonce } = this.#challenge;
    const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
    const nc = (++this.#count).toString(16).padStart(8, '0');
    const cnonce = '0a4f113b';
    const secret = md5(`${user}:${realm}:${password}`);
    const response = md5(`${secret}:${nonce}:${nc}:${cnonce}:auth:${md5('POST:/wsman')}`);
    return `Authorization: Digest username="${user}",realm="${realm}",nonce="${nonce}",uri="/wsman",response="${response}",qop=auth,nc=${nc},cnonce="${cnonce}"\r\n`;
  }

  #connect(): Promise<Socket> {
    const { host, port, tls } = this.#target;
    return new Promise((resolve, reject) => {
      const ready = (): void => {
        socket.off('error', reject);
        resolve(socket);
      };
      const socket = tls
        ? connectTls({ host, port, rejectUnauthorized: false }, ready)
        : connectTcp({ host, port }, ready);
      socket.setNoDelay().setEncoding('latin1').on('error', reject);
    });
  }
}
