import { startDeadline } from '../../base/deadline';
import { SidebandError, toSidebandError } from '../../base/errors';
import { sleep } from '../../base/sleep';
import { writeEnvelope, type Message } from './envelope';
import { faultError } from './fault';
import { assertAccepted, unknownClass } from './httpStatus';
import { readReply, type Reply } from './response';

/**
 * Sends one envelope and resolves with the device's HTTP answer, after login and without its framing. Rejects with the effect `unknown`
 * from the moment when the envelope may have reached the device; before that with none.
 */
export type WsmanExchange = (envelope: string, signal: AbortSignal) => Promise<HttpAnswer>;

export interface HttpAnswer {
  readonly status: number;
  readonly body: Uint8Array;
}

export interface WsmanOptions {
  /** The URL or path in the envelope; Intel AMT wants `/wsman`. */
  readonly to?: string;
  /** How long the device may take for a request, in milliseconds; ten seconds more are waited for its answer. Usually 30,000. */
  readonly operationTimeoutMs?: number;
  /** The longest answer that the device is asked to send. Absent: its own limit. */
  readonly maxEnvelopeBytes?: number;
  /** Usually numbers from 1, as consoles of Intel AMT use. */
  readonly nextMessageId?: () => string;
  readonly trace?: (line: () => string) => void;
}

/** `read` changes nothing, so that a lost answer is no matter. */
export type RequestKind = 'read' | 'change';

export interface WsmanRequest extends Message {
  /** In words, for errors and the wire log. */
  readonly what: string;
  readonly kind: RequestKind;
  /** A read that moves the device on, so that asking again would miss something. */
  readonly isOnce?: boolean;
}

const unknownHint = 'Nobody knows whether it happened: look at the present state before it is done again.';
const usualTimeoutMs = 30_000;
/** Or the device's own time-out fault would never arrive. */
const marginMs = 10_000;
/** Devices that serve somebody else say so at once. */
const mostBusyAnswers = 5;
const busyPauseMs = 500;

/** One request and its reply, with what a lost answer means. */
export class Exchanger {
  readonly #exchange: WsmanExchange;
  readonly #options: WsmanOptions;
  #sent = 0;

  constructor(exchange: WsmanExchange, options: WsmanOptions) {
    this.#exchange = exchange;
    this.#options = options;
  }

  /** Rejects with what the exchange rejects with, with the device's fault, or with `protocol.*` for an answer that is none. */
  async ask(request: WsmanRequest, signal: AbortSignal): Promise<Reply> {
    signal.throwIfAborted();
    const { operationTimeoutMs = usualTimeoutMs, to = '/wsman', maxEnvelopeBytes, nextMessageId } = this.#options;
    const messageId = nextMessageId?.() ?? String(++this.#sent);
    const envelope = writeEnvelope(request, { to, messageId, operationTimeoutMs, maxEnvelopeBytes });
    this.#trace(() => `${request.what}: message ${messageId}, ${envelope.length} characters`);

    // Without `using`, which costs more than the deadline where it is compiled for older engines.
    const deadline = startDeadline(signal, operationTimeoutMs + marginMs);
    try {
      for (let busyAnswers = 1; ; busyAnswers++) {
        try {
          const answer = await this.#send(request, envelope, deadline.signal);
          this.#trace(() => `${request.what}: HTTP ${answer.status}, ${answer.body.length} bytes`);
          return readAnswer(request, messageId, answer);
        } catch (thrown) {
          if (!isBusyRead(request, thrown) || busyAnswers === mostBusyAnswers) throw judge(request, thrown);
        }
        this.#trace(() => `${request.what}: the device is busy, asking again`);
        await sleep(busyPauseMs, deadline.signal);
      }
    } finally {
      deadline[Symbol.dispose]();
    }
  }

  /** Devices close connections that were idle: what is certain to have done nothing is sent once more. */
  async #send(request: WsmanRequest, envelope: string, signal: AbortSignal): Promise<HttpAnswer> {
    try {
      return await this.#exchange(envelope, signal);
    } catch (thrown) {
      if (!isRepeatable(request, thrown) || signal.aborted) throw thrown;
      this.#trace(() => `${request.what}: the connection was closed, asking again`);
      return this.#exchange(envelope, signal);
    }
  }

  #trace(line: () => string): void {
    this.#options.trace?.(line);
  }
}

/** Reads what an answer says. The device has had the request, so what says something else leaves a change open. */
export function readSaid<T>(kind: RequestKind, read: () => T): T {
  try {
    return read();
  } catch (thrown) {
    const { code, message, details } = toSidebandError(thrown);
    throw judge({ kind }, new SidebandError(code, message, { ...details, effect: 'unknown' }, thrown));
  }
}

function readAnswer(request: WsmanRequest, messageId: string, { status, body }: HttpAnswer): Reply {
  const hasReply = body.length > 0 && (status === 400 || status >= 500 || isSuccess(status));
  const reply = hasReply ? readReplyOf(body, status, request.what) : undefined;
  if (reply?.fault) throw faultError(reply.fault, request.what);
  if (status === 400 && body.length === 0 && isFirstRead(request)) throw unknownClass(request.what);
  assertAccepted(status, request.what);
  if (!reply) return { relatesTo: undefined, action: undefined, content: undefined, fault: undefined };
  if (reply.relatesTo !== undefined && reply.relatesTo !== messageId) {
    throw unusable(`${request.what}: the answer belongs to another request`);
  }
  return reply;
}

/** Undefined for the error page of a web server, which says nothing. */
function readReplyOf(body: Uint8Array, status: number, what: string): Reply | undefined {
  try {
    return readReply(body);
  } catch (thrown) {
    if (!isSuccess(status)) return undefined;
    const error = toSidebandError(thrown);
    throw new SidebandError(error.code, `${what}: ${error.message}`, { ...error.details, effect: 'unknown' }, error);
  }
}

/** The device has had the request. */
function unusable(message: string): SidebandError {
  return new SidebandError('protocol.invalid', message, { effect: 'unknown' });
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

/** A read that stands for itself, as opposed to one that goes on with another. */
function isFirstRead({ kind, isOnce }: WsmanRequest): boolean {
  return kind === 'read' && isOnce !== true;
}

/** Without an effect: a device that has begun and given up may take as long again. */
function isBusyRead({ kind }: WsmanRequest, thrown: unknown): boolean {
  return (
    kind === 'read' && thrown instanceof SidebandError && thrown.code === 'device.busy' && thrown.effect === 'none'
  );
}

function isRepeatable(request: WsmanRequest, thrown: unknown): boolean {
  if (!(thrown instanceof SidebandError) || thrown.code !== 'connect.lost') return false;
  return thrown.effect === 'none' || isFirstRead(request);
}

/** What a read leaves unknown is no matter, and what a change leaves unknown is said. */
function judge({ kind }: Pick<WsmanRequest, 'kind'>, thrown: unknown): unknown {
  if (!(thrown instanceof SidebandError) || thrown.effect === 'none') return thrown;
  const { code, message, details } = thrown;
  if (kind === 'read') return new SidebandError(code, message, { ...details, effect: 'none' }, thrown);
  return new SidebandError(code, `${message}; it may have happened`, { hint: unknownHint, ...details }, thrown);
}
