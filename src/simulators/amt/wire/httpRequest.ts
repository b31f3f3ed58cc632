/** A request, whole. */
export interface HttpRequest {
  readonly method: string;
  readonly target: string;
  /** By lower-case name; of repeated ones the last. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
  /** Whether the console wants the connection to stay open. */
  readonly keepAlive: boolean;
}

/** A request that no reply makes sense of: the connection ends with a bare 400. */
export class BadHttpRequest extends Error {
  override readonly name = 'BadHttpRequest';
}

const mostHeadBytes = 8192;
const mostBodyBytes = 65_536;
const endOfHead = Buffer.from('\r\n\r\n');
const empty = Buffer.alloc(0);

interface Head extends Omit<HttpRequest, 'body'> {
  readonly length: number;
  readonly isChunked: boolean;
}

/** Takes requests out of a stream that may be cut anywhere: RFC 9112. */
export class HttpRequests {
  #waiting: Buffer = empty;
  #head: Head | undefined;

  /** The requests that these bytes complete. Throws BadHttpRequest for what is none or too long. */
  *receive(bytes: Buffer): Generator<HttpRequest> {
    this.#waiting = this.#waiting.length === 0 ? bytes : Buffer.concat([this.#waiting, bytes]);
    for (;;) {
      this.#head ??= this.#takeHead();
      const body = this.#head && this.#takeBody(this.#head);
      if (!this.#head || !body) return;
      const { method, target, headers, keepAlive } = this.#head;
      this.#head = undefined;
      yield { method, target, headers, keepAlive, body };
    }
  }

  /** Whether a request has begun that is not complete. */
  get isWaiting(): boolean {
    return this.#head !== undefined || this.#waiting.length > 0;
  }

  #takeHead(): Head | undefined {
    const end = this.#waiting.indexOf(endOfHead);
    if (end < 0 ? this.#waiting.length > mostHeadBytes : end > mostHeadBytes) throw new BadHttpRequest('long head');
    if (end < 0) return undefined;
    const head = readHead(this.#waiting.toString('latin1', 0, end));
    this.#waiting = this.#waiting.subarray(end + endOfHead.length);
    return head;
  }

  #takeBody({ length, isChunked }: Head): Buffer | undefined {
    if (isChunked) return this.#takeChunks();
    if (this.#waiting.length < length) return undefined;
    const body = this.#waiting.subarray(0, length);
    this.#waiting = this.#waiting.subarray(length);
    return body;
  }

  #takeChunks(): Buffer | undefined {
    const chunks: Buffer[] = [];
    let at = 0;
    let total = 0;
    for (;;) {
      const end = this.#waiting.indexOf('\r\n', at);
      if (end < 0) {
        this.#notYet();
        return;
      }
      const size = /^([0-9a-f]{1,8})[ \t]*(?:;.*)?$/i.exec(this.#waiting.toString('latin1', at, end))?.[1];
      if (size === undefined) throw new BadHttpRequest('chunk without a size');
      const length = Number.parseInt(size, 16);
      total += length;
      if (total > mostBodyBytes) throw new BadHttpRequest('long body');
      const next = end + 2 + length;
      if (this.#waiting.length < next + 2) {
        this.#notYet();
        return;
      }
      chunks.push(this.#waiting.subarray(end + 2, next));
      at = next + 2;
      if (length > 0) continue;
      this.#waiting = this.#waiting.subarray(at);
      return Buffer.concat(chunks);
    }
  }

  #notYet(): undefined {
    if (this.#waiting.length > 2 * mostBodyBytes) throw new BadHttpRequest('long body');
    return undefined;
  }
}

function readHead(text: string): Head {
  const [start = '', ...lines] = text.split('\r\n');
  const [, method, target, minor] = /^([A-Z]+) (\S+) HTTP\/1\.([01])$/.exec(start) ?? [];
  if (method === undefined || target === undefined) throw new BadHttpRequest('no request line');
  const headers = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon <= 0) throw new BadHttpRequest('no header');
    headers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim());
  }
  const connection = headers.get('connection')?.toLowerCase() ?? '';
  const keepAlive = minor === '1' ? connection !== 'close' : connection === 'keep-alive';
  const isChunked = headers.get('transfer-encoding')?.toLowerCase() === 'chunked';
  const given = headers.get('content-length') ?? '0';
  const length = Number(given);
  if (!/^\d{1,9}$/.test(given) || length > mostBodyBytes) throw new BadHttpRequest('long body');
  return { method, target, headers, keepAlive, isChunked, length };
}
