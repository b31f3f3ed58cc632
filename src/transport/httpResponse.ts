import { SidebandError } from '../base/errors';
import { ByteSink } from './byteSink';
import type { HttpResponse } from './http';
import { type Framing, framingOf, HttpHead, keepsAlive } from './httpHead';

const longestHead = 64 * 1024;
const longestBody = 16 * 1024 * 1024;
const longestChunkLine = 4 * 1024;
/** Reserved before the device has sent that much; the rest as it arrives. */
const reservedAtMost = 64 * 1024;
const newline = 0x0a;

type State = 'status' | 'headers' | 'body' | 'chunk-size' | 'chunk' | 'chunk-end' | 'trailers' | 'done';

/** Reads one response from bytes that are cut anywhere (RFC 9112). Throws `protocol.invalid` or `protocol.truncated`. */
export class HttpResponseParser {
  #state: State = 'status';
  #head: HttpHead | undefined;
  #framing: Framing = { kind: 'until-close' };
  /** What is still to come of the body or of the chunk. */
  #left = 0;
  /** The beginning of a line whose end has not arrived. */
  readonly #line = new ByteSink(0);
  #headLength = 0;
  #body = new ByteSink(0);

  /** Whether the whole response has been read. */
  get isDone(): boolean {
    return this.#state === 'done';
  }

  /** Whether the connection serves another request after this response. */
  get keepsAlive(): boolean {
    return this.#head !== undefined && this.#framing.kind !== 'until-close' && keepsAlive(this.#head);
  }

  /** Reads on; the number of bytes that belong to the response. The bytes are the caller's again afterwards. */
  read(bytes: Buffer): number {
    let at = 0;
    while (at < bytes.length && this.#state !== 'done') {
      at = this.#state === 'body' || this.#state === 'chunk' ? this.#readBody(bytes, at) : this.#readLine(bytes, at);
    }
    return at;
  }

  /** The device has closed. Ends a body that lasts until then; throws `protocol.truncated` for anything else. */
  end(): void {
    if (this.#state === 'body' && this.#framing.kind === 'until-close') this.#state = 'done';
    if (this.#state !== 'done') throw new SidebandError('protocol.truncated', 'the HTTP response ends in the middle');
  }

  /** Once it is done. */
  take(): HttpResponse {
    const { status = 0, headers = new Map<string, string[]>() } = this.#head ?? {};
    return { status, headers, body: this.#body.take() };
  }

  #readBody(bytes: Buffer, from: number): number {
    const isEndless = this.#framing.kind === 'until-close';
    const to = isEndless ? bytes.length : Math.min(bytes.length, from + this.#left);
    if (this.#body.length + (to - from) > longestBody) throw tooLong('body', longestBody);
    this.#body.add(bytes.subarray(from, to));
    this.#left -= to - from;
    if (!isEndless && this.#left === 0) this.#state = this.#state === 'chunk' ? 'chunk-end' : 'done';
    return to;
  }

  #readLine(bytes: Buffer, from: number): number {
    const end = bytes.indexOf(newline, from);
    const to = end < 0 ? bytes.length : end + 1;
    this.#assertShort(to - from);
    if (end < 0) {
      this.#line.add(bytes.subarray(from, to));
      return to;
    }
    let line: string;
    if (this.#line.length === 0) line = bytes.toString('latin1', from, end);
    else {
      this.#line.add(bytes.subarray(from, end));
      line = latin1(this.#line.take());
    }
    this.#take(line.endsWith('\r') ? line.slice(0, -1) : line);
    return to;
  }

  #assertShort(added: number): void {
    if (this.#state === 'chunk-size' || this.#state === 'chunk-end') {
      if (this.#line.length + added > longestChunkLine) throw tooLong('chunk size', longestChunkLine);
    } else {
      this.#headLength += added;
      if (this.#headLength > longestHead) throw tooLong('head', longestHead);
    }
  }

  #take(line: string): void {
    switch (this.#state) {
      case 'status':
        // An empty line may stand before a message (RFC 9112, section 2.2).
        if (line === '') return;
        this.#head = new HttpHead(line);
        this.#state = 'headers';
        return;
      case 'headers':
        if (line === '') this.#endHead();
        else this.#head?.add(line);
        return;
      case 'chunk-size':
        this.#beginChunk(line);
        return;
      case 'chunk-end':
        if (line !== '') throw new SidebandError('protocol.invalid', 'the HTTP response has a chunk that is too long');
        this.#state = 'chunk-size';
        return;
      case 'trailers':
        if (line === '') this.#state = 'done';
        return;
      case 'body':
      case 'chunk':
      case 'done':
    }
  }

  #endHead(): void {
    const head = this.#head;
    if (!head) return;
    if (head.status < 200) {
      if (head.status === 101) throw new SidebandError('protocol.invalid', 'the device speaks another protocol now');
      this.#state = 'status';
      return;
    }
    this.#framing = framingOf(head);
    if (this.#framing.kind === 'chunked') this.#state = 'chunk-size';
    else if (this.#framing.kind === 'until-close') this.#state = 'body';
    else this.#beginBody(this.#framing.length);
  }

  #beginBody(length: number): void {
    if (length > longestBody) throw tooLong('body', longestBody);
    this.#body = new ByteSink(Math.min(length, reservedAtMost));
    this.#left = length;
    this.#state = length === 0 ? 'done' : 'body';
  }

  #beginChunk(line: string): void {
    const size = /^([0-9a-f]{1,8})[ \t]*(?:;|$)/i.exec(line)?.[1];
    if (size === undefined) throw new SidebandError('protocol.invalid', 'the HTTP response has a chunk without a size');
    this.#left = Number.parseInt(size, 16);
    if (this.#body.length + this.#left > longestBody) throw tooLong('body', longestBody);
    this.#state = this.#left === 0 ? 'trailers' : 'chunk';
  }
}

function latin1({ buffer, byteOffset, length }: Uint8Array): string {
  return Buffer.from(buffer, byteOffset, length).toString('latin1');
}

function tooLong(what: string, limit: number): SidebandError {
  return new SidebandError('protocol.invalid', `the ${what} of the HTTP response is longer than ${limit} bytes`);
}
