import { SidebandError, toSidebandError } from '../base/errors';
import type { Asks } from '../base/frontend';
import type { Secret, SecretKey, SecretSource } from '../base/secret';
import type { Access, Computer } from '../fleet/computer';
import type { ConsoleOptions, SerialConsole } from './console';
import type { PeerCertificate } from '../transport/tcp';
import type { Describing, Diagnosis, Endpoint, Spendable, Surroundings, Technology } from './technology';

/**
 * Open sessions that wait for their next user: each takes memory here and one of a few places on its controller. With more, the one that
 * has waited longest is closed: in a job of many steps that is one of a computer that has ended.
 */
const mostIdle = 256;

export interface SessionOptions {
  /** How long a session stays open for the next user, in milliseconds. Zero closes it after its last user. */
  readonly idleMs: number;
}

export interface UseOptions {
  readonly signal: AbortSignal;
  /** Called once when the computer left the first message unanswered. */
  readonly onSilence?: () => void;
  /** What may be asked of a person while the session is opened. */
  readonly asks?: Asks | undefined;
}

/** Lends sessions: one per controller, to one user at a time. */
export class Sessions implements AsyncDisposable {
  readonly #surroundings: Surroundings;
  readonly #secrets: SecretSource;
  readonly #options: SessionOptions;
  readonly #lines = new Map<string, Line>();
  /** Those that wait, from the longest, and how they are given up. */
  readonly #resting = new Map<Line, () => void>();
  readonly #closing = new Set<Promise<void>>();
  readonly #consoles = new Set<SerialConsole>();
  #disposed = false;

  constructor(surroundings: Surroundings, secrets: SecretSource, options: SessionOptions) {
    this.#surroundings = surroundings;
    this.#secrets = secrets;
    this.#options = options;
  }

  /** Opens a session or takes the open one, in turn with other users of the same controller. */
  async use<Client extends AsyncDisposable, Options, Result>(
    technology: Technology<Client, Options>,
    computer: Computer,
    { signal, onSilence, asks }: UseOptions,
    act: (client: Client) => Promise<Result>,
  ): Promise<Result> {
    const access = accessOf(technology, computer);
    const controller = `${technology.name} ${access.host} ${access.port ?? technology.defaultPort}`;
    const line = this.#join(controller, computer);
    const before = line.last;
    const turn = Promise.withResolvers<undefined>();
    line.last = turn.promise;
    line.users++;
    try {
      await before;
      signal.throwIfAborted();
      this.#wake(line);
      if (line.client && !logsInAlike(line.computer, computer, technology)) await this.#close(line);
      line.computer = computer;
      const endpoint = this.#endpoint(technology, computer, access);
      line.client ??= await technology.open(
        { ...endpoint, ...(onSilence && { onSilence }), ...(asks && { asks }) },
        this.#surroundings,
        signal,
      );
      const result = await act(line.client as Client);
      noteOffers(computer, technology, line.client);
      if (isSpent(line.client)) void this.#close(line);
      return result;
    } catch (thrown) {
      const error = toSidebandError(thrown);
      if (mayHaveBroken(error)) void this.#close(line);
      throw error;
    } finally {
      line.users--;
      if (line.users === 0) this.#rest(controller, line);
      turn.resolve(undefined);
    }
  }

  check<Client extends AsyncDisposable, Options>(
    technology: Technology<Client, Options>,
    computer: Computer,
    signal: AbortSignal,
  ): Promise<Diagnosis> {
    const endpoint = this.#endpoint(technology, computer, accessOf(technology, computer));
    return technology.check(endpoint, this.#surroundings, signal);
  }

  /** The certificate that the computer shows. Nothing when it is reached in clear only, or by what knows no certificates. */
  async certificate<Client extends AsyncDisposable, Options>(
    technology: Technology<Client, Options>,
    computer: Computer,
    signal: AbortSignal,
  ): Promise<(PeerCertificate & { readonly port: number }) | undefined> {
    const endpoint = this.#endpoint(technology, computer, accessOf(technology, computer));
    return technology.certificate?.(endpoint, this.#surroundings, signal);
  }

  /** Opens the serial console in a session of its own. The caller disposes of it; what is still open ends with the sessions. */
  async console<Client extends AsyncDisposable, Options>(
    technology: Technology<Client, Options>,
    computer: Computer,
    options: ConsoleOptions,
    signal: AbortSignal,
  ): Promise<SerialConsole> {
    const endpoint = this.#endpoint(technology, computer, accessOf(technology, computer));
    if (!technology.openConsole) {
      throw new SidebandError('operation.impossible', `${technology.title} has no serial console`);
    }
    const opened = await technology.openConsole(endpoint, this.#surroundings, options, signal);
    this.#consoles.add(opened);
    void opened.ended.then(() => {
      this.#consoles.delete(opened);
      void this.#track(opened);
    });
    if (this.#disposed) await this.#track(opened);
    return opened;
  }

  /** Resolves when a TCP port of the computer's own address takes a connection. Rejects with `dns.failed` or `connect.*`. */
  knock({ host }: Computer, port: number, signal: AbortSignal): Promise<void> {
    return this.#surroundings.knockTcp({ host, port }, signal);
  }

  /** A stored password. Rejects with `auth.missing` when nobody knows it. */
  async secret(key: SecretKey, signal: AbortSignal): Promise<Secret> {
    const secret = await this.#secrets.get(key, signal);
    if (secret) return secret;
    const { technology, profile, computer = '' } = key;
    const whose = profile === undefined ? computer : `profile ${profile}`;
    throw new SidebandError('auth.missing', `no ${technology} password is known for ${whose}`);
  }

  /** Resolves when every session is closed, also those that were being closed already. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#disposed = true;
    for (const line of this.#lines.values()) {
      this.#wake(line);
      void this.#close(line);
    }
    this.#lines.clear();
    for (const opened of this.#consoles) void this.#track(opened);
    while (this.#closing.size > 0) await Promise.all(this.#closing);
  }

  #join(controller: string, computer: Computer): Line {
    let line = this.#lines.get(controller);
    if (!line) {
      line = { client: undefined, computer, last: Promise.resolve(undefined), users: 0, idle: undefined };
      this.#lines.set(controller, line);
    }
    return line;
  }

  #rest(controller: string, line: Line): void {
    const leave = (): void => {
      this.#wake(line);
      this.#lines.delete(controller);
      void this.#close(line);
    };
    const { idleMs } = this.#options;
    if (this.#disposed || idleMs === 0 || !line.client) {
      leave();
      return;
    }
    if (this.#resting.size >= mostIdle) {
      const [leaveLongest] = this.#resting.values();
      leaveLongest?.();
    }
    this.#resting.set(line, leave);
    line.idle = setTimeout(leave, idleMs);
  }

  #wake(line: Line): void {
    if (!line.idle) return;
    clearTimeout(line.idle);
    line.idle = undefined;
    this.#resting.delete(line);
  }

  #close(line: Line): Promise<void> {
    const { client } = line;
    line.client = undefined;
    return client ? this.#track(client) : Promise.resolve();
  }

  /** Disposes of it, and lets disposing of the sessions wait for that. */
  #track(client: AsyncDisposable): Promise<void> {
    const tracked = this.#disposeOf(client).finally(() => this.#closing.delete(tracked));
    this.#closing.add(tracked);
    return tracked;
  }

  async #disposeOf(client: AsyncDisposable): Promise<void> {
    try {
      await client[Symbol.asyncDispose]();
    } catch (thrown) {
      this.#surroundings.log.warn(`closing a session failed: ${toSidebandError(thrown).message}`);
    }
  }

  #endpoint<Options>(
    technology: Technology<AsyncDisposable, Options>,
    computer: Computer,
    access: Access,
  ): Endpoint<Options> {
    return {
      computer: computer.name,
      host: access.host,
      port: access.port ?? technology.defaultPort,
      isPortGiven: access.port !== undefined,
      options: access.options as Options,
      secret: (signal) => this.secret(keyOf(technology.name, computer), signal),
    };
  }
}

/** Tells the fleet what a computer was found to offer. */
function noteOffers(computer: Computer, { name }: Technology, client: AsyncDisposable): void {
  const { offers } = client as Partial<Describing>;
  const { seen } = computer;
  if (offers === undefined || seen.offers?.[name] === offers) return;
  computer.see({ ...seen, offers: { ...seen.offers, [name]: offers } });
}

function isSpent(client: AsyncDisposable): boolean {
  return (client as Partial<Spendable>).isSpent === true;
}

/** Whose password logs in there. */
function keyOf(technology: string, { name, profile }: Computer): SecretKey {
  return profile === undefined ? { technology, computer: name } : { technology, profile };
}

interface Line {
  client: AsyncDisposable | undefined;
  /** For which the client logged in. */
  computer: Computer;
  last: Promise<undefined>;
  users: number;
  idle: NodeJS.Timeout | undefined;
}

/** Whether a session of one serves the other: the same computer, of a fleet that was read anew. */
function logsInAlike(one: Computer, other: Computer, { name }: Technology): boolean {
  const login = (computer: Computer): string =>
    JSON.stringify([computer.name, computer.profile, computer.access(name)?.options]);
  return one === other || login(one) === login(other);
}

function accessOf(technology: Technology, computer: Computer): Access {
  const access = computer.access(technology.name);
  if (access) return access;
  throw new SidebandError('operation.impossible', `${computer.name} is not reached by ${technology.title}`);
}

/** After these the session may be gone or out of step, so the next user gets a new one. */
function mayHaveBroken({ code, effect }: SidebandError): boolean {
  return (
    effect === 'unknown' ||
    /^(connect|protocol|internal)\./.test(code) ||
    code === 'run.cancelled' ||
    code === 'operation.timeout'
  );
}
