const hidden = '***';

/** A password or key. Every way of turning it into text gives `***`; only `reveal()` gives the value. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** Call it where the bytes are made, and keep the result no longer than that. */
  reveal(): string {
    return this.#value;
  }

  get isEmpty(): boolean {
    return this.#value === '';
  }

  toString(): string {
    return hidden;
  }

  toJSON(): string {
    return hidden;
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return hidden;
  }
}

/** Whether a key of a file looks as if its value were a secret. */
export function isSecretKey(key: string): boolean {
  return /pass(word|phrase)?$|secret|token$|(api|auth|priv|private|bmc)[_-]?key$|^(community|pwd|kg)$/i.test(key);
}

/** Whose password is wanted. `computer` names an ad-hoc URL, which has no profile. */
export interface SecretKey {
  readonly profile?: string;
  readonly technology: string;
  readonly computer?: string;
}

/** Where passwords come from: the editor's SecretStorage, the keyring, the environment, standard input. */
export interface SecretSource {
  get(key: SecretKey, signal: AbortSignal): Promise<Secret | undefined>;
}
