import * as vscode from 'vscode';
import { environmentSecrets } from '../app/secrets/environmentSecrets';
import { Secret, type SecretKey, type SecretSource } from '../base/secret';
import type { Computer } from '../fleet/computer';
import type { TechnologyName } from '../fleet/technologyName';

const { t } = vscode.l10n;

/** Passwords from SecretStorage, then the environment. People are asked by `ensure` and `ask` alone, never in the background. */
export class Passwords implements SecretSource, vscode.Disposable {
  readonly #storage: vscode.SecretStorage;
  readonly #environment: SecretSource;
  readonly #known = new Map<string, Secret>();
  readonly #asking = new Map<string, Promise<Secret | undefined>>();
  readonly #missing = new Set<string>();
  readonly #didMiss = new vscode.EventEmitter<SecretKey>();
  readonly #didChange = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable;
  /** A password was wanted that nobody knows; told once for each. */
  readonly onDidMiss = this.#didMiss.event;
  /** A password was entered or forgotten, here or in another window. */
  readonly onDidChange = this.#didChange.event;

  constructor(storage: vscode.SecretStorage, env: NodeJS.ProcessEnv = process.env) {
    this.#storage = storage;
    this.#environment = environmentSecrets(env);
    const changed = storage.onDidChange(({ key }) => {
      this.#known.delete(key);
      this.#missing.delete(key);
      this.#didChange.fire();
    });
    this.#subscriptions = vscode.Disposable.from(changed, this.#didMiss, this.#didChange);
  }

  async get(key: SecretKey, signal: AbortSignal): Promise<Secret | undefined> {
    const known = await this.#find(key, signal);
    const name = nameOf(key);
    if (!known && !this.#missing.has(name)) {
      this.#missing.add(name);
      this.#didMiss.fire(key);
    }
    return known;
  }

  /** Asks for those passwords of the computers that nobody knows, one after the other; a dismissed question leaves it unknown. */
  async ensure(
    computers: readonly Computer[],
    technologies: ReadonlySet<TechnologyName>,
    signal: AbortSignal,
  ): Promise<void> {
    const keys = new Map<string, SecretKey>();
    for (const { name, profile, accesses } of computers) {
      for (const { technology } of accesses) {
        const key = profile === undefined ? { technology, computer: name } : { technology, profile };
        if (technologies.has(technology)) keys.set(nameOf(key), key);
      }
    }
    await this.#askFor([...keys.values()], signal);
  }

  /** Likewise for the passwords of profiles that an operation uses. */
  async ensureOf(
    profiles: readonly string[],
    technologies: ReadonlySet<TechnologyName>,
    signal: AbortSignal,
  ): Promise<void> {
    const keys = profiles.flatMap((profile) => [...technologies].map((technology) => ({ profile, technology })));
    await this.#askFor(keys, signal);
  }

  /** Asks, and keeps what is entered. Whoever asks for the same meanwhile gets the same answer. */
  ask(key: SecretKey): Promise<Secret | undefined> {
    const name = nameOf(key);
    let asking = this.#asking.get(name);
    if (!asking) {
      asking = this.#ask(key, name).finally(() => this.#asking.delete(name));
      this.#asking.set(name, asking);
    }
    return asking;
  }

  async forget(key: SecretKey): Promise<void> {
    this.#known.delete(nameOf(key));
    await this.#storage.delete(nameOf(key));
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  async #askFor(keys: readonly SecretKey[], signal: AbortSignal): Promise<void> {
    for (const key of keys) {
      if (!(await this.#find(key, signal))) await this.ask(key);
    }
  }

  async #find(key: SecretKey, signal: AbortSignal): Promise<Secret | undefined> {
    const name = nameOf(key);
    const known = this.#known.get(name);
    if (known) return known;
    const stored = await this.#storage.get(name);
    const found = stored === undefined ? await this.#environment.get(key, signal) : new Secret(stored);
    if (found) this.#known.set(name, found);
    return found;
  }

  async #ask(key: SecretKey, name: string): Promise<Secret | undefined> {
    const password = await vscode.window.showInputBox({
      title: t('{0} password of {1}', key.technology.toUpperCase(), ownerOf(key)),
      prompt: t('It is kept in VS Code’s secret storage, and nowhere else.'),
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
}

/** Whose password it is, in words. */
export function ownerOf({ profile, computer = '' }: SecretKey): string {
  return profile === undefined ? computer : t('profile {0}', profile);
}

function nameOf({ profile, technology, computer = '' }: SecretKey): string {
  return profile === undefined ? `url/${computer}/${technology}` : `profile/${profile}/${technology}`;
}
