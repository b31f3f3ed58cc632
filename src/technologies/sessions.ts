import { SidebandError, toSidebandError } from '../base/errors';
import type { Secret, SecretSource } from '../base/secret';
import type { Access, Computer } from '../fleet/computer';
import type { Diagnosis, Endpoint, Surroundings, Technology } from './technology';

export interface SessionOptions {
  /** How long a session stays open for the next user, in milliseconds. Zero closes it after its last user. */
  readonly idleMs: number;
}

export interface UseOptions {
  readonly signal: AbortSignal;
  /** Called once when the computer left the first message unanswered. */
  readonly onSilence?: () => void;
}

/** Lends sessions: one per computer and technology, to one user at a time. */
export class Sessions implements AsyncDisposable {
  readonly #surroundings: Surroundings;
  readonly #secrets: SecretSource;
  readonly #options: SessionOptions;
  readonly #lines = new Map<Access, Line>();
  readonly #closing = new Set<Promise<void>>();
  #disposed = false;

  constructor(surroundings: Surroundings, secrets: SecretSource, options: SessionOptions) {
    this.#surroundings = surroundings;
    this.#secrets = secrets;
    this.#options = options;
  }

  /** Opens a session or takes the open one, in turn with other users of the same computer and technology. */
  async use<Client extends AsyncDisposable, Options, Result>(
    technology: Technology<Client, Options>,
    computer: Computer,
    { signal, onSilence }: UseOptions,
    act: (client: Client) => Promise<Result>,
  ): Promise<Result> {
    const access = accessOf(technology, computer);
    const line = this.#join(access);
    const before = line.last;
    const turn = Promise.withResolvers<undefined>();
    line.last = turn.promise;
    line.users++;
    try {
      await before;
      signal.throwIfAborted();
      clearTimeout(line.idle);
      const endpoint = this.#endpoint(technology, computer, access);
      line.client ??= await technology.open(
        onSilence ? { ...endpoint, onSilence } : endpoint,
        this.#surroundings,
        signal,
      );
      return await act(line.client as Client);
    } catch (thrown) {
      const error = toSidebandError(thrown);
      if (mayHaveBroken(error)) this.#close(line);
      throw error;
    } finally {
      line.users--;
      if (line.users === 0) this.#rest(access, line);
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

  /** Resolves when every session is closed, also those that were being closed already. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#disposed = true;
    for (const line of this.#lines.values()) {
      clearTimeout(line.idle);
      this.#close(line);
    }
    this.#lines.clear();
    while (this.#closing.size > 0) await Promise.all(this.#closing);
  }

  #join(access: Access): Line {
    let line = this.#lines.get(access);
    if (!line) {
      line = { client: undefined, last: Promise.resolve(undefined), users: 0, idle: undefined };
      this.#lines.set(access, line);
    }
    return line;
  }

  #rest(access: Access, line: Line): void {
    const leave = (): void => {
      this.#lines.delete(access);
      this.#close(line);
    };
    if (this.#disposed || this.#options.idleMs === 0 || !line.client) leave();
    else line.idle = setTimeout(leave, this.#options.idleMs);
  }

  #close(line: Line): void {
    const { client } = line;
    line.client = undefined;
    if (!client) return;
    const tracked = this.#disposeOf(client).finally(() => this.#closing.delete(tracked));
    this.#closing.add(tracked);
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
      options: access.options as Options,
      secret: (signal) => this.#secret(technology.name, computer, signal),
    };
  }

  async #secret(technology: string, { name, profile }: Computer, signal: AbortSignal): Promise<Secret> {
    const key = profile === undefined ? { technology, computer: name } : { technology, profile };
    const secret = await this.#secrets.get(key, signal);
    if (secret) return secret;
    const whose = profile === undefined ? name : `profile ${profile}`;
    throw new SidebandError('auth.missing', `no ${technology} password is known for ${whose}`);
  }
}

interface Line {
  client: AsyncDisposable | undefined;
  last: Promise<undefined>;
  users: number;
  idle: NodeJS.Timeout | undefined;
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
