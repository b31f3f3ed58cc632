import type { IpmiCommand } from './command';
import type { Exchange } from './exchange';
import type { OpenedSession } from './login';
import { decodeResponse, encodeRequest, type IpmiResponse } from './message';
import { openPacket, sealPacket } from './packet';
import { payloadTypes } from './payloadTypes';
import { nextSequence, SequenceWindow } from './sequenceWindow';

/** A request of the session, ready to be sealed: once for each transmission, or only once. */
export interface Request {
  readonly command: IpmiCommand<never, unknown>;
  /** 0..63; the answer repeats it. */
  readonly sequence: number;
  readonly message: Uint8Array;
}

/** An answer and the session sequence number under which it came. */
export interface Answer extends IpmiResponse {
  readonly number: number;
}

/** The inside of an open session: seals requests, opens answers, and keeps the sequence numbers of both sides. */
export class Channel {
  readonly #opened: OpenedSession;
  readonly #random: (length: number) => Uint8Array;
  readonly #window = new SequenceWindow();
  #number = 0;
  #requestSequence = 0;
  /** The act whose answer is wanted whenever it comes. */
  #kept: { readonly request: Request; answer: Answer | undefined } | undefined;
  #numbering: 'unknown' | 'gapless' | 'erratic' = 'unknown';
  #settled = true;

  constructor(opened: OpenedSession, random: (length: number) => Uint8Array) {
    this.#opened = opened;
    this.#random = random;
  }

  get opened(): OpenedSession {
    return this.#opened;
  }

  /** Our last sequence number. */
  get number(): number {
    return this.#number;
  }

  /** The controller's highest sequence number so far. */
  get highest(): number {
    return this.#window.highest;
  }

  /** Whether no answer to what was sent can still be on its way. */
  get settled(): boolean {
    return this.#settled;
  }

  /** How the controller was seen to number its answers. Without integrity nobody can tell. */
  get numbering(): 'unknown' | 'gapless' | 'erratic' {
    return this.#opened.keys.suite.integrity.hash ? this.#numbering : 'erratic';
  }

  request<Input>(command: IpmiCommand<Input, unknown>, input: Input): Request {
    this.#requestSequence = (this.#requestSequence + 1) & 0x3f;
    const sequence = this.#requestSequence;
    const { netFn, command: number } = command;
    return {
      command,
      sequence,
      message: encodeRequest({ netFn, command: number, sequence, data: command.encode(input) }),
    };
  }

  /** A datagram with the next session sequence number. */
  seal({ message }: Request): Uint8Array {
    this.#settled = false;
    return this.sealPayload(payloadTypes.ipmi, message);
  }

  /** A datagram with a payload of any type, under the numbers that the requests have too. */
  sealPayload(payloadType: number, payload: Uint8Array): Uint8Array {
    this.#number = nextSequence(this.#number);
    const { bmcSessionId, keys } = this.#opened;
    const packet = { sessionId: bmcSessionId, sequence: this.#number, payloadType, payload };
    return sealPacket(packet, keys, this.#random(16));
  }

  /** The payload of a datagram that has this type. Nothing for what is forged or replayed. */
  openPayload(datagram: Uint8Array, payloadType: number): Uint8Array | undefined {
    const { consoleSessionId, keys } = this.#opened;
    const packet = openPacket(datagram, consoleSessionId, keys);
    if (packet?.payloadType !== payloadType) return undefined;
    if (keys.suite.integrity.hash && !this.#window.accept(packet.sequence)) return undefined;
    this.#numbering = 'erratic'; // for answers alone
    return packet.payload;
  }

  /** Whether the datagram is a genuine packet of this session. */
  opens(datagram: Uint8Array): boolean {
    const { consoleSessionId, keys } = this.#opened;
    return openPacket(datagram, consoleSessionId, keys) !== undefined && keys.suite.integrity.hash !== undefined;
  }

  /** The answer in a datagram to one of the requests. Nothing for what is forged, replayed, or of another request. */
  open(datagram: Uint8Array, requests: readonly Request[]): Answer | undefined {
    const { consoleSessionId, keys } = this.#opened;
    const packet = openPacket(datagram, consoleSessionId, keys);
    if (!packet) return undefined;
    if (keys.suite.integrity.hash && !this.#window.accept(packet.sequence)) return undefined;
    if (packet.payloadType !== payloadTypes.ipmi) return undefined;
    const answer = { ...decodeResponse(packet.payload), number: packet.sequence };
    if (this.#kept && isAnswerTo(answer, this.#kept.request)) this.#kept.answer = answer;
    return requests.some((request) => isAnswerTo(answer, request)) ? answer : undefined;
  }

  /** Asks until it is answered, each time with a new session sequence number. */
  async ask(
    exchange: Exchange,
    request: Request,
    signal: AbortSignal | undefined,
    waitsMs?: readonly number[],
  ): Promise<Answer> {
    const before = this.highest;
    const wasSettled = this.#settled;
    const answer = await exchange.ask<Answer>(
      {
        name: request.command.name,
        ...(waitsMs && { waitsMs }),
        datagram: () => this.seal(request),
        accept: (datagram) => this.open(datagram, [request]),
      },
      signal,
    );
    this.#settled = exchange.transmissions === 1;
    if (wasSettled && this.#settled && (before > 0 || answer.number === 1)) {
      if (answer.number !== nextSequence(before)) this.#numbering = 'erratic';
      else if (this.#numbering === 'unknown') this.#numbering = 'gapless';
    }
    return answer;
  }

  /** From here the answer to this request is kept, however late it comes. */
  keepAnswerTo(request: Request): void {
    if (this.#kept?.request !== request) this.#kept = { request, answer: undefined };
  }

  /** The answer to the request of `keepAnswerTo`, if it has come. */
  lateAnswer(): Answer | undefined {
    return this.#kept?.answer;
  }
}

function isAnswerTo(answer: IpmiResponse, { command, sequence }: Request): boolean {
  return answer.sequence === sequence && answer.command === command.command && answer.netFn === command.netFn;
}
