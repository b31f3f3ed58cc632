import { startDeadline } from '../../base/deadline';
import { SidebandError, toSidebandError } from '../../base/errors';
import { writeEnvelope, type Message } from './envelope';
import { faultError } from './fault';
import { assertAccepted } from './httpStatus';
import { readReply, type Reply } from './response';

/** Sends one envelope and resolves with the device's HTTP answer, after login and without its framing. */
export type WsmanExchange = (
  envelope: string,
  signal: AbortSignal,
) => Promise<{ readonly status: number; readonly body: Uint8Array }>;

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
}

const usualTimeoutMs = 30_000;
/** Or the device's own time-out fault would never arrive. */
const marginMs = 10_000;
/** With these nothing has been sent yet, or the device has refused to look at it. */
const neverSent = /^(dns|tls|auth)\.|^connect\.(refused|unreachable|timeout)$/;

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
    try {
      return await this.#askOnce(request, signal);
    } catch (thrown) {
      if (!isRepeatable(request, thrown) || signal.aborted) throw judge(request, thrown);
      this.#trace(() => `${request.what}: the connection was closed, asking again`);
    }
    try {
      return await this.#askOnce(request, signal);
    } catch (thrown) {
      throw judge(request, thrown);
    }
  }

  async #askOnce(request: WsmanRequest, parent: AbortSignal): Promise<Reply> {
    const { operationTimeoutMs = usualTimeoutMs, to = '/wsman', maxEnvelopeBytes, nextMessageId } = this.#options;
    const messageId = nextMessageId?.() ?? String(++this.#sent);
    const envelope = writeEnvelope(request, { to, messageId, operationTimeoutMs, maxEnvelopeBytes });
    this.#trace(() => `${request.what}: message ${messageId}, ${envelope.length} characters`);

    using deadline = startDeadline(parent, operationTimeoutMs + marginMs);
    const { status, body } = await this.#exchange(envelope, deadline.signal);
    this.#trace(() => `${request.what}: HTTP ${status}, ${body.length} bytes`);
    return readAnswer(request, messageId, { status, body });
  }

  #trace(line: () => string): void {
    this.#options.trace?.(line);
  }
}

function readAnswer(
  request: WsmanRequest,
  messageId: string,
  { status, body }: { readonly status: number; readonly body: Uint8Array },
): Reply {
  const hasReply = body.length > 0 && (status === 400 || status >= 500 || isSuccess(status));
  const reply = hasReply ? tryRead(body, status) : undefined;
  if (reply?.fault) throw faultError(reply.fault, request.what, request.kind);
  assertAccepted(status, request.what);
  if (!reply) return { relatesTo: undefined, action: undefined, content: undefined, fault: undefined };
  if (reply.relatesTo !== undefined && reply.relatesTo !== messageId) {
    throw new SidebandError('protocol.invalid', `${request.what}: the answer belongs to another request`);
  }
  return reply;
}

/** An error page of the web server is no reply, and says nothing. */
function tryRead(body: Uint8Array, status: number): Reply | undefined {
  try {
    return readReply(body);
  } catch (error) {
    if (isSuccess(status)) throw error;
    return undefined;
  }
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

function isRepeatable(request: WsmanRequest, thrown: unknown): boolean {
  if (!(thrown instanceof SidebandError) || thrown.code !== 'connect.lost') return false;
  return request.kind === 'read' || thrown.details.effect === 'none';
}

/** Says whether the device may have been changed. */
function judge({ kind, what }: WsmanRequest, thrown: unknown): unknown {
  if (kind === 'read') {
    if (!(thrown instanceof SidebandError) || thrown.effect === 'none') return thrown;
    return new SidebandError(thrown.code, thrown.message, { ...thrown.details, effect: 'none' }, thrown);
  }
  const error = toSidebandError(thrown);
  const { details, code } = error;
  const isCertain = details.effect === 'none' || neverSent.test(code) || isRefusal(error);
  if (isCertain && details.effect !== 'unknown') return error;
  const message = `${what}: no usable answer, so it may have happened: ${error.message}`;
  return new SidebandError(code, message, { ...details, effect: 'unknown' }, error);
}

/** The device answered, and its answer was no. */
function isRefusal({ details, code }: SidebandError): boolean {
  return details.deviceCode !== undefined && !code.startsWith('protocol.');
}
