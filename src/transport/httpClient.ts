import { SidebandError, toSidebandError } from '../base/errors';
import { Turns } from '../base/turns';
import type { HttpClient, HttpRequest, HttpResponse, HttpTransport } from './http';
import { encodeRequest, hostHeader } from './httpRequest';
import { HttpResponseParser } from './httpResponse';
import type { TcpEndpoint } from './tcp';
import { isCertificateAlert, placeOf } from './tcpErrors';
import { openTcp, type TcpConnection, type TcpListener } from './tcpSocket';

/** HTTP/1.1 on sockets of its own. */
export const httpTransport: HttpTransport = { open: (to) => new Client(to) };

interface Exchange {
  readonly parser: HttpResponseParser;
  resolve(response: HttpResponse): void;
  reject(error: Error): void;
}

class Client implements HttpClient {
  readonly #to: TcpEndpoint;
  readonly #host: string;
  readonly #turns = new Turns();
  #isDisposed = false;
  /** Ends the opening of a connection. */
  #opening: AbortController | undefined;
  readonly #listener: TcpListener = {
    received: (bytes) => {
      this.#receive(bytes);
    },
    closed: (error) => {
      this.#closed(error);
    },
  };
  #connection: TcpConnection | undefined;
  #session: Buffer | undefined;
  #exchange: Exchange | undefined;
  #isReused = false;
  /** A kept connection was lost under a request: this device closes without saying so before. */
  #keepsNone = false;

  constructor(to: TcpEndpoint) {
    this.#to = to;
    this.#host = hostHeader(to);
  }

  async request(request: HttpRequest, signal: AbortSignal): Promise<HttpResponse> {
    const { text, encoding } = encodeRequest(request, this.#host);
    if (!this.#turns.tryEnter()) await this.#turns.enter(signal);
    try {
      if (!(await this.#hasKept())) await this.#connect(signal);
      const connection = this.#connection;
      signal.throwIfAborted();
      if (this.#isDisposed || !connection?.isOpen) throw closedByUs();
      const answered = this.#expect(signal);
      connection.write(text, encoding);
      return await answered;
    } finally {
      this.#turns.leave();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isDisposed = true;
    this.#opening?.abort(closedByUs());
    if (this.#exchange) this.#fail(closedByUs());
    await this.#connection?.[Symbol.asyncDispose]();
  }

  /** Whether the connection of the last request serves this one too. */
  async #hasKept(): Promise<boolean> {
    if (this.#keepsNone) this.#drop();
    // The end that a device may have sent with its last answer is read one turn of the event loop later.
    if (this.#connection?.isOpen) await nextReads();
    this.#isReused = this.#connection?.isOpen ?? false;
    return this.#isReused;
  }

  async #connect(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.#isDisposed) throw closedByUs();
    // `AbortSignal.any` would cost as much as the rest of it.
    const opening = new AbortController();
    const stop = (): void => {
      opening.abort(signal.reason);
    };
    signal.addEventListener('abort', stop, { once: true });
    this.#opening = opening;
    try {
      const options = { listener: this.#listener, signal: opening.signal, session: this.#session };
      const connection = await openTcp(this.#to, options);
      this.#connection = connection;
      if (opening.signal.aborted) connection.close();
    } finally {
      this.#opening = undefined;
      signal.removeEventListener('abort', stop);
    }
  }

  #expect(signal: AbortSignal): Promise<HttpResponse> {
    return new Promise((resolve, reject) => {
      const stop = (): void => {
        this.#fail(toSidebandError(signal.reason));
      };
      const finish = (): void => {
        this.#exchange = undefined;
        signal.removeEventListener('abort', stop);
      };
      signal.addEventListener('abort', stop, { once: true });
      this.#exchange = {
        parser: new HttpResponseParser(),
        resolve: (response) => {
          finish();
          resolve(response);
        },
        reject: (error) => {
          finish();
          reject(error);
        },
      };
    });
  }

  #receive(bytes: Buffer): void {
    const exchange = this.#exchange;
    if (!exchange) {
      // Nothing was asked: whatever it is, the next answer could not be told from it.
      this.#drop();
      return;
    }
    const { parser } = exchange;
    try {
      const used = parser.read(bytes);
      if (!parser.isDone) return;
      if (used < bytes.length || !parser.keepsAlive) this.#drop();
      exchange.resolve(parser.take());
    } catch (error) {
      this.#fail(toSidebandError(error));
    }
  }

  #closed(error: SidebandError | undefined): void {
    this.#keepSession();
    const exchange = this.#exchange;
    if (!exchange) return;
    if (error) {
      this.#fail(error);
      return;
    }
    try {
      exchange.parser.end();
      exchange.resolve(exchange.parser.take());
    } catch {
      const message = `${placeOf(this.#to)} closed the connection before its answer was complete`;
      this.#fail(new SidebandError('connect.lost', message));
    }
  }

  /** Ends the exchange and its connection: what still comes on it belongs to nobody. */
  #fail(error: SidebandError): void {
    const exchange = this.#exchange;
    if (!exchange) return;
    this.#keepsNone ||= this.#isReused && error.code === 'connect.lost';
    this.#drop();
    exchange.reject(withEffect(error));
  }

  #drop(): void {
    this.#keepSession();
    this.#connection?.close();
  }

  #keepSession(): void {
    this.#session = this.#connection?.session ?? this.#session;
  }
}

let nextRead: Promise<void> | undefined;

/** After all connections have been read once more. All who ask in one turn of the event loop wait for the same. */
function nextReads(): Promise<void> {
  return (nextRead ??= new Promise((resolve) => {
    setImmediate(() => {
      nextRead = undefined;
      setImmediate(resolve);
    });
  }));
}

/** The request was written. It certainly has not arrived where the handshake ended with it. */
function withEffect(error: SidebandError): SidebandError {
  const { code, details } = error;
  if (code === 'tls.failed' && isCertificateAlert(details.deviceCode ?? '')) return error;
  return new SidebandError(code, error.message, { ...details, effect: 'unknown' }, error);
}

function closedByUs(): SidebandError {
  return new SidebandError('run.cancelled', 'the connection was closed on this side');
}
