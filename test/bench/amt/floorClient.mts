// The least code in Node that does the same exchanges: sockets, digest, indexOf. It checks nothing and survives nothing.
import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { BenchClient, Target } from './client.mts';
import { enumerate, enumerations, getEnvelope, gets, isAnswer, onAll } from './common.mts';
import { FloorLogin } from './floorLogin.mts';

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
  readonly #login = new FloorLogin();

  constructor(target: Target) {
    this.#target = target;
  }

  async post(body: string): Promise<string> {
    const answer = await this.#exchange(body);
    if (!answer.startsWith('HTTP/1.1 401')) return answer;
    this.#login.accept(answer);
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
      const { Authorization } = this.#login.headers();
      const authorization = Authorization === undefined ? '' : `Authorization: ${Authorization}\r\n`;
      socket.write(
        `POST /wsman HTTP/1.1\r\nHost: ${host}:${port}\r\n${authorization}Content-Type: application/soap+xml;charset=UTF-8\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
      );
    });
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
