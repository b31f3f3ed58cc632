import * as vscode from 'vscode';
import { environmentSecrets } from '../app/secrets/environmentSecrets';
import { Secret, type SecretKey, type SecretSource } from '../base/secret';

/** Passwords from SecretStorage, then the environment; a person is asked only while a command of theirs runs. */
export class Passwords implements SecretSource {
  readonly #storage: vscode.SecretStorage;
  readonly #environment = environmentSecrets(process.env);
  readonly #known = new Map<string, Secret>();
  readonly #asking = new Map<string, Promise<Secret | undefined>>();
  readonly #missing = new Map<string, SecretKey>();
  readonly #didMiss = new vscode.EventEmitter<SecretKey>();
  #commands = 0;
  /** A password was wanted in the background that nobody knows; told once for each. */
  readonly onDidMiss = this.#didMiss.event;

  constructor(storage: vscode.SecretStorage) {
    this.#storage = storage;
  }

  async get(key: SecretKey, signal: AbortSignal): Promise<Secret | undefined> {
    const name = nameOf(key);
    const known = this.#known.get(name) ?? (await this.#stored(name)) ?? (await this.#environment.get(key, signal));
    if (known) {
      this.#known.set(name, known);
      return known;
    }
    if (this.#commands > 0) return this.ask(key);
    if (!this.#missing.has(name)) {
      this.#missing.set(name, key);
      this.#didMiss.fire(key);
    }
    return undefined;
  }

  /** While this runs, a missing password is asked for. */
  async whileAsking<T>(act: () => Promise<T>): Promise<T> {
    this.#commands++;
    try {
      return await act();
    } finally {
      this.#commands--;
    }
  }

  /** Asks, and keeps what is entered. Everybody who wants the same password waits for the same question. */
  ask(key: SecretKey): Promise<Secret | undefined> {
    const name = nameOf(key);
    const asked = this.#asking.get(name) ?? this.#ask(key, name).finally(() => this.#asking.delete(name));
    this.#asking.set(name, asked);
    return asked;
  }

  /** Whether there was one. */
  async forget(key: SecretKey): Promise<boolean> {
    const name = nameOf(key);
    const stored = await this.#stored(name);
    this.#known.delete(name);
    await this.#storage.delete(name);
    return stored !== undefined;
  }

  async #ask(key: SecretKey, name: string): Promise<Secret | undefined> {
    const password = await vscode.window.showInputBox({
      title: `${key.technology.toUpperCase()} password of ${key.profile === undefined ? (key.computer ?? '') : `profile ${key.profile}`}`,
      prompt: 'It is kept in VS Code’s secret storage, and nowhere else.',
      password: true,
      ignoreFocusOut: true,
    });
    if (password === undefined || password === '') return undefined;
    const secret = new Secret(password);
    this.#known.set(name, secret);
    this.#missing.delete(name);
    await this.#storage.store(name, password);
    return secret;
  }

  async #stored(name: string): Promise<Secret | undefined> {
    const password = await this.#storage.get(name);
    return password === undefined ? undefined : new Secret(password);
  }
}

function nameOf({ profile, technology, computer }: SecretKey): string {
  return profile === undefined ? `url/${computer ?? ''}/${technology}` : `profile/${profile}/${technology}`;
}
