import { SidebandError } from '../base/errors';
import { ByteSink } from './byteSink';
import { ChunkSize } from './chunkSize';
import type { HttpResponse } from './http';
import { framingOf, type HttpHead, keepsAlive, notHttp, parseHead } from './httpHead';
import { LineBlock } from './lineBlock';

const longestHead = 64 * 1024;
const longestBody = 16 * 1024 * 1024;
/** Reserved before the device has sent that much; the rest as it arrives. */
const reservedAtMost = 64 * 1024;
const start = 'HTTP/1.';
const newline = 0x0a;
const carriageReturn = 0x0d;

type State = 'head' | 'fixed' | 'until-close' | 'chunk-size' | 'chunk' | 'chunk-end' | 'trailers' | 'done';

/** Reads one response from bytes that are cut anywhere (RFC 9112). Throws `protocol.invalid` or `protocol.truncated`. */
export class HttpResponseParser {
  #state: State = 'head';
  #head: HttpHead | undefined;
  /** What is still to come of the body or of the chunk. */
  #left = 0;
  readonly #lines = new LineBlock();
  /** How much of the head's beginning has been seen. */
  #matched = 0;
  /** Of all heads and the trailers together. */
  #headLength = 0;
  #chunkSize = new ChunkSize();
  #body: ByteSink | undefined;
  #isEndless = false;

  /** Whether the whole response has been read. */
  get isDone(): boolean {
    return this.#state === 'done';
  }

  /** Whether the connection serves another request after this response. */
  get keepsAlive(): boolean {
    return this.#head !== undefined && !this.#isEndless && keepsAlive(this.#head);
  }

  /** Reads on; the number of bytes that belong to the response. The bytes are the caller's again afterwards. */
  read(bytes: Buffer): number {
    let at = 0;
    while (at < bytes.length && this.#state !== 'done') at = this.#step(bytes, at);
    return at;
  }

  /** The device has closed. Ends a body that lasts until then; throws `protocol.truncated` for anything else. */
  end(): void {
    if (this.#state === 'until-close') this.#state = 'done';
    if (this.#state !== 'done') throw new SidebandError('protocol.truncated', 'the HTTP response ends in the middle');
  }

  /** Once it is done. */
  take(): HttpResponse {
    const { status = 0, headers = new Map<string, string[]>() } = this.#head ?? {};
    return { status, headers, body: this.#body?.take() ?? new Uint8Array(0) };
  }

  #step(bytes: Buffer, at: number): number {
    switch (this.#state) {
      case 'head':
        return this.#readHead(bytes, at);
      case 'trailers':
        return this.#readTrailers(bytes, at);
      case 'chunk-size':
        return this.#readChunkSize(bytes, at);
      case 'chunk-end':
        return this.#readChunkEnd(bytes, at);
      case 'fixed':
      case 'chunk':
      case 'until-close':
        return this.#readBody(bytes, at);
      case 'done':
        return at;
    }
  }

  #readHead(bytes: Buffer, from: number): number {
    const first = bytes[from];
    if (this.#matched === 0 && (first === newline || first === carriageReturn)) {
      // Empty lines may stand before a message (RFC 9112, section 2.2).
      this.#countHead(1);
      return from + 1;
    }
    this.#assertHttp(bytes, from);
    const { isWhole, to } = this.#lines.find(bytes, from);
    this.#countHead(to - from);
    if (isWhole) this.#beginBody(parseHead(this.#lines.take(bytes.subarray(from, to))), bytes.length - to);
    else this.#lines.keep(bytes.subarray(from, to));
    return to;
  }

  /** Something else may well say nothing more, so that its end would be waited for in vain. */
  #assertHttp(bytes: Buffer, from: number): void {
    for (let at = from; at < bytes.length && this.#matched < start.length; at++, this.#matched++) {
      if (bytes[at] === start.charCodeAt(this.#matched)) continue;
      throw notHttp(start.slice(0, this.#matched) + bytes.toString('latin1', at, at + start.length + 40));
    }
  }

  #readTrailers(bytes: Buffer, from: number): number {
    const { isWhole, to } = this.#lines.find(bytes, from);
    this.#countHead(to - from);
    if (isWhole) this.#state = 'done';
    return to;
  }

  /** `arrived`: how many bytes have come after the head already. */
  #beginBody(head: HttpHead, arrived: number): void {
    if (head.status < 200) {
      if (head.status === 101) throw new SidebandError('protocol.invalid', 'the device speaks another protocol now');
      this.#matched = 0;
      return;
    }
    this.#head = head;
    const framing = framingOf(head);
    if (framing.kind === 'length') {
      this.#left = framing.length;
      if (this.#left > longestBody) throw tooLong('body', longestBody);
      this.#state = this.#left === 0 ? 'done' : 'fixed';
    } else {
      this.#isEndless = framing.kind === 'until-close';
      this.#state = this.#isEndless ? 'until-close' : 'chunk-size';
    }
    this.#body = new ByteSink(Math.min(this.#state === 'fixed' ? this.#left : arrived, reservedAtMost));
  }

  #readChunkSize(bytes: Buffer, from: number): number {
    const to = this.#chunkSize.read(bytes, from);
    if (to === undefined) return bytes.length;
    this.#left = this.#chunkSize.size;
    this.#chunkSize = new ChunkSize();
    if ((this.#body?.length ?? 0) + this.#left > longestBody) throw tooLong('body', longestBody);
    this.#state = this.#left === 0 ? 'trailers' : 'chunk';
    return to;
  }

  #readChunkEnd(bytes: Buffer, at: number): number {
    if (bytes[at] === newline) this.#state = 'chunk-size';
    else if (bytes[at] === carriageReturn && this.#left === 0) this.#left = -1;
    else throw new SidebandError('protocol.invalid', 'the HTTP response has a chunk that is too long');
    return at + 1;
  }

  #readBody(bytes: Buffer, from: number): number {
    const body = (this.#body ??= new ByteSink(0));
    if (this.#state === 'until-close') {
      if (body.length + bytes.length - from > longestBody) throw tooLong('body', longestBody);
      body.add(bytes.subarray(from));
      return bytes.length;
    }
    const to = Math.min(bytes.length, from + this.#left);
    body.add(bytes.subarray(from, to));
    this.#left -= to - from;
    if (this.#left === 0) this.#state = this.#state === 'chunk' ? 'chunk-end' : 'done';
    return to;
  }

  #countHead(length: number): void {
    this.#headLength += length;
    if (this.#headLength > longestHead) throw tooLong('head', longestHead);
  }
}

function tooLong(what: string, limit: number): SidebandError {
  return new SidebandError('protocol.invalid', `the ${what} of the HTTP response is longer than ${limit} bytes`);
}
