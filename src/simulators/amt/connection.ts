import type { Socket } from 'node:net';
import type { AmtDevice } from './device';
import type { DigestLogins } from './wire/digest';
import * as reply from './wire/httpReply';
import { BadHttpRequest, type HttpRequest, HttpRequests } from './wire/httpRequest';
import { readRequest } from './wire/readRequest';
import type { WsmanService } from './wsmanService';

/** What the connections of a device share. */
export interface Engine {
  readonly device: AmtDevice;
  readonly logins: DigestLogins;
  readonly service: WsmanService;
}

interface Answer {
  readonly bytes: Buffer;
  /** Whether the connection ends after it. */
  readonly ends: boolean;
  /** Whether the console never gets it. */
  readonly isLost?: boolean;
}

const usualIdleMs = 60_000;

/** One connection of a console: requests in, replies out, one after the other. */
export class AmtConnection {
  readonly #socket: Socket;
  readonly #engine: Engine;
  readonly #isSecure: boolean;
  readonly #requests = new HttpRequests();
  readonly #queue: HttpRequest[] = [];
  #isAnswering = false;
  #isEnding = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(socket: Socket, engine: Engine, security: 'plain' | 'tls') {
    this.#socket = socket;
    this.#engine = engine;
    this.#isSecure = security === 'tls';
    socket.setTimeout(engine.device.options.idleMs ?? usualIdleMs, () => socket.destroy());
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearTimeout(this.#timer);
    });
    socket.on('data', (bytes: Buffer) => {
      this.#receive(bytes);
    });
  }

  /** Ends it, after the answer that is under way. */
  end(): void {
    this.#isEnding = true;
    if (!this.#isAnswering) this.#socket.end();
  }

  #receive(bytes: Buffer): void {
    try {
      for (const request of this.#requests.receive(bytes)) this.#queue.push(request);
    } catch (error) {
      if (!(error instanceof BadHttpRequest)) throw error;
      this.#socket.end(reply.badRequestReply(this.#engine.device.profile.version));
      return;
    }
    this.#next();
  }

  #next(): void {
    const { device } = this.#engine;
    if (this.#isAnswering || this.#socket.writableEnded) return;
    const request = this.#queue.shift();
    if (!request || device.faults.isSilent) return;
    this.#isAnswering = true;
    device.counters.requests++;
    const answer = this.#answer(request);
    if (device.faults.delayMs === 0) this.#send(request, answer);
    else
      this.#timer = setTimeout(() => {
        this.#send(request, answer);
      }, device.faults.delayMs);
  }

  #send(request: HttpRequest, { bytes, ends, isLost }: Answer): void {
    const { device } = this.#engine;
    if (isLost) {
      this.#socket.destroy();
      return;
    }
    const finish = (): void => {
      this.#isAnswering = false;
      const isLast = ends || this.#isEnding || device.isDark || device.faults.closeAfterEveryAnswer;
      if (isLast || !request.keepAlive) this.#socket.end();
      else this.#next();
    };
    const tear = device.faults.takesTear();
    if (tear !== undefined) {
      this.#tear(bytes, tear, finish);
      return;
    }
    this.#socket.write(bytes);
    finish();
  }

  /** Pieces of a few bytes, each in a turn of its own so that none are joined. */
  #tear(bytes: Buffer, size: number, done: () => void): void {
    if (bytes.length === 0) {
      done();
      return;
    }
    if (this.#socket.destroyed) return;
    this.#socket.write(bytes.subarray(0, size), () => {
      setImmediate(() => {
        this.#tear(bytes.subarray(size), size, done);
      });
    });
  }

  #answer(request: HttpRequest): Answer {
    const { device, logins } = this.#engine;
    const { version } = device.profile;
    const path = request.target.split('?', 1)[0] ?? '';
    if (request.method === 'GET' && (path === '/' || path === '/logon.htm')) {
      return { bytes: reply.pageReply(path, { version, now: device.now() }), ends: false };
    }
    if (request.method !== 'GET' && request.method !== 'POST') {
      return { bytes: reply.methodNotAllowedReply(version), ends: false };
    }
    const login = logins.check({ ...request, authorization: request.headers.get('authorization') });
    if (login.is === 'rejected' && login.failuresAtLock !== undefined) device.tellLocked(login.failuresAtLock);
    if (login.is !== 'accepted') {
      const ends = device.options.afterRejection !== 'keep';
      const challenge = logins.challenge(login.is === 'challenged' && login.isStale);
      return { bytes: reply.unauthorizedReply(challenge, version, ends), ends };
    }
    if (path !== '/wsman') return { bytes: reply.notFoundReply(version), ends: false };
    if (request.method === 'GET') return { bytes: reply.methodNotAllowedReply(version), ends: false };
    return this.#answerWsman(request, login.account);
  }

  #answerWsman({ body }: HttpRequest, account: string): Answer {
    const { device, service } = this.#engine;
    const { version } = device.profile;
    const request = readRequest(body);
    if (!request) return { bytes: reply.badRequestReply(version), ends: true };
    const from = this.#socket.remoteAddress ?? '';
    const { status, envelope } = service.answer(request, { account, isSecure: this.#isSecure, from });
    const operation = request.action.slice(request.action.lastIndexOf('/') + 1);
    const isLost = device.faults.takesLoss(request.className ?? '', operation);
    const facts = { version, now: device.now() };
    if (status === 403) return { bytes: reply.forbiddenReply(version), ends: false, isLost };
    return status === 200
      ? { bytes: reply.successReply(envelope, facts), ends: false, isLost }
      : { bytes: reply.faultReply(status, envelope, facts), ends: true, isLost };
  }
}
