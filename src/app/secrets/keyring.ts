import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { SidebandError } from '../../base/errors';
import { Secret, type SecretKey, type SecretSource } from '../../base/secret';

const service = 'sideband';

/** One entry of the system's keyring, as `@napi-rs/keyring` offers it. */
export interface KeyringEntry {
  getPassword(): string | null;
  setPassword(password: string): void;
  deletePassword(): boolean;
}

export type OpenEntry = (service: string, account: string) => KeyringEntry;

/** A password that is stored, by its names. */
export interface StoredSecret {
  readonly profile: string;
  readonly technology: string;
}

/**
 * Passwords in the operating system's keyring. The keyring cannot be listed, so a file in the state folder keeps the names of
 * what is stored, and never a password.
 */
export class Keyring implements SecretSource {
  readonly #indexFile: string;
  readonly #openEntry: OpenEntry | undefined;

  /** `openEntry` is absent where the system has no keyring library. */
  constructor(indexFile: string, openEntry: OpenEntry | undefined) {
    this.#indexFile = indexFile;
    this.#openEntry = openEntry;
  }

  /** Nothing when there is no such password, and when there is no keyring. */
  get({ profile, technology }: SecretKey): Promise<Secret | undefined> {
    if (profile === undefined || !this.#openEntry) return Promise.resolve(undefined);
    try {
      const password = this.#openEntry(service, accountOf({ profile, technology })).getPassword();
      return Promise.resolve(password === null ? undefined : new Secret(password));
    } catch {
      return Promise.resolve(undefined);
    }
  }

  /** Rejects with `auth.missing` when there is no keyring that works. */
  async set(name: StoredSecret, secret: Secret): Promise<void> {
    this.#use(name, (entry) => {
      entry.setPassword(secret.reveal());
    });
    const others = (await this.list()).filter((one) => accountOf(one) !== accountOf(name));
    await this.#writeIndex([...others, name]);
  }

  /** Whether there was one. */
  async delete(name: StoredSecret): Promise<boolean> {
    const stored = await this.list();
    const others = stored.filter((one) => accountOf(one) !== accountOf(name));
    if (others.length === stored.length) return false;
    this.#use(name, (entry) => {
      entry.deletePassword();
    });
    await this.#writeIndex(others);
    return true;
  }

  async list(): Promise<readonly StoredSecret[]> {
    try {
      return JSON.parse(await readFile(this.#indexFile, 'utf8')) as readonly StoredSecret[];
    } catch {
      return [];
    }
  }

  #use(name: StoredSecret, act: (entry: KeyringEntry) => void): void {
    const hint = 'Give the password in the environment, as SIDEBAND_SECRET_<PROFILE>_<TECHNOLOGY>.';
    if (!this.#openEntry) throw new SidebandError('auth.missing', 'this system has no keyring library', { hint });
    try {
      act(this.#openEntry(service, accountOf(name)));
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new SidebandError('auth.missing', `the system’s keyring cannot be used: ${why}`, { hint }, error);
    }
  }

  async #writeIndex(stored: readonly StoredSecret[]): Promise<void> {
    await mkdir(dirname(this.#indexFile), { recursive: true, mode: 0o700 });
    await writeFile(this.#indexFile, `${JSON.stringify(stored, undefined, 2)}\n`, { mode: 0o600 });
  }
}

function accountOf({ profile, technology }: StoredSecret): string {
  return `${profile}/${technology}`;
}
