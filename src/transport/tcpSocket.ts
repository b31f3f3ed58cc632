import { connect as connectSocket, isIP, type Socket } from 'node:net';
import { connect as connectSecurely, type ConnectionOptions, TLSSocket } from 'node:tls';
import { SidebandError } from '../base/errors';
import { resolveHost } from './resolve';
import type { TcpEndpoint, TlsPolicy } from './tcp';
import { connectError, lostError, placeOf, tlsError } from './tcpErrors';
import { assertTrusted } from './tlsTrust';
import { contextFor } from './tlsContext';

/** Networks lose the first packet: the system repeats it after 1, 3 and 7 seconds. */
const connectMs = 10_000;
/** The oldest controllers need some seconds for their private key. */
const handshakeMs = 20_000;
/** Bytes are taken out of it before the next are read, so one serves all sockets. */
const readBuffer = Buffer.allocUnsafeSlow(64 * 1024);

/** Who uses a connection. Nothing is called before the connection is open, nor after it was closed by its user. */
export interface TcpListener {
  /** The bytes are a view that is valid only during the call. */
  received(bytes: Buffer): void;
  /** Called once; the error is absent when the device has closed in order. */
  closed(error: SidebandError | undefined): void;
}

export interface OpenTcpOptions {
  readonly listener: TcpListener;
  /** Ends the opening; an open connection is ended by closing it. */
  readonly signal: AbortSignal;
  /** Of an earlier connection to the same endpoint by the same policy. */
  readonly session?: Buffer | undefined;
}

/** An open connection. Over TLS the device's certificate has been judged, and nothing was written before. */
export interface TcpConnection extends AsyncDisposable {
  readonly isOpen: boolean;
  /** What a later connection may resume: nothing in clear, and where the device offers nothing. */
  readonly session: Buffer | undefined;
  write(text: string, encoding: 'latin1' | 'utf8'): void;
  /** At once; its listener hears nothing more. */
  close(): void;
  /** Closes it and resolves when the socket is gone. */
  [Symbol.asyncDispose](): Promise<void>;
}

/** Connects. Rejects with `dns.failed`, `connect.*`, `tls.*` or the signal's reason; nothing has been sent then. */
export async function openTcp(to: TcpEndpoint, options: OpenTcpOptions): Promise<TcpConnection> {
  const { signal } = options;
  const address = isIP(to.host) === 4 ? to.host : await resolveHost(to.host, signal);
  signal.throwIfAborted();
  const connection = new Connection(to, options.listener);
  await connection.open(address, options);
  return connection;
}

class Connection implements TcpConnection {
  readonly #to: TcpEndpoint;
  readonly #listener: TcpListener;
  #socket: Socket | undefined;
  isOpen = false;

  constructor(to: TcpEndpoint, listener: TcpListener) {
    this.#to = to;
    this.#listener = listener;
  }

  open(address: string, { signal, session }: OpenTcpOptions): Promise<void> {
    const to = this.#to;
    const { tls } = to;
    return new Promise((resolve, reject) => {
      const fail = (error: Error): void => {
        finish();
        this.close();
        reject(error);
      };
      const stop = (): void => {
        fail(signal.reason as Error);
      };
      const startTimer = (ms: number, error: () => SidebandError): NodeJS.Timeout =>
        setTimeout(() => {
          fail(error());
        }, ms);
      const finish = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', stop);
        socket.removeListener('error', fault);
        socket.removeListener('close', broken);
      };
      let isConnected = false;
      const fault = (error: NodeJS.ErrnoException): void => {
        fail(isConnected ? tlsError(error, to) : connectError(error, to));
      };
      const broken = (): void => {
        fail(isConnected ? tlsError(undefined, to) : connectError(new Error('closed'), to));
      };
      const ready = (): void => {
        try {
          if (socket instanceof TLSSocket && tls) assertTrusted(socket, to, tls);
        } catch (error) {
          fail(error as Error);
          return;
        }
        finish();
        this.#adopt(socket);
        resolve();
      };
      const socket = this.#connect(address, tls, session);
      let timer = startTimer(
        connectMs,
        () => new SidebandError('connect.timeout', `nothing answers on ${placeOf(to)}`),
      );
      signal.addEventListener('abort', stop, { once: true });
      socket.once('error', fault);
      socket.once('close', broken);
      socket.once('connect', () => {
        isConnected = true;
        socket.setNoDelay(true);
        if (!tls) {
          ready();
          return;
        }
        clearTimeout(timer);
        timer = startTimer(handshakeMs, () => silentHandshake(to));
      });
      if (tls) socket.once('secureConnect', ready);
    });
  }

  get session(): Buffer | undefined {
    return this.#socket instanceof TLSSocket ? this.#socket.getSession() : undefined;
  }

  write(text: string, encoding: 'latin1' | 'utf8'): void {
    this.#socket?.write(text, encoding);
  }

  close(): void {
    this.isOpen = false;
    this.#socket?.destroy();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const socket = this.#socket;
    if (!socket || socket.closed) return;
    const closed = new Promise((resolve) => socket.once('close', resolve));
    this.close();
    await closed;
  }

  #connect(address: string, tls: TlsPolicy | undefined, session: Buffer | undefined): Socket {
    const { host, port } = this.#to;
    const options = {
      host: address,
      port,
      onread: {
        buffer: readBuffer,
        callback: (count: number): boolean => {
          if (this.isOpen) this.#listener.received(readBuffer.subarray(0, count));
          return true;
        },
      },
    };
    const socket = tls ? connectSecurely({ ...options, ...tlsOptions(host, tls, session) }) : connectSocket(options);
    this.#socket = socket;
    // Destroying a socket may still let it report what went wrong.
    socket.on('error', () => undefined);
    return socket;
  }

  #adopt(socket: Socket): void {
    this.isOpen = true;
    const end = (error?: NodeJS.ErrnoException): void => {
      if (!this.isOpen) return;
      this.#listener.closed(error && lostError(error, this.#to));
      this.close();
    };
    socket.on('error', end);
    socket.on('end', end);
    socket.on('close', () => {
      end();
    });
  }
}

function tlsOptions(host: string, tls: TlsPolicy, session: Buffer | undefined): ConnectionOptions {
  return {
    secureContext: contextFor(tls),
    // Judged by `assertTrusted`, in words of ours.
    rejectUnauthorized: false,
    // Names in the certificate are held against the host that was asked for; an address is never sent as a name.
    servername: isIP(host) === 0 ? host.replace(/\.$/, '') : '',
    ...(session && { session }),
  };
}

function silentHandshake(to: TcpEndpoint): SidebandError {
  return new SidebandError('connect.timeout', `${placeOf(to)} takes connections but answers no TLS handshake`);
}
