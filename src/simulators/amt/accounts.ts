import { hash } from 'node:crypto';
import { Realm } from './realms';

/** 0 only locally, 1 only over the network, 2 both. */
export type AccessPermission = 0 | 1 | 2;

export interface Account {
  readonly name: string;
  /** MD5 of user, realm and password in hexadecimal: RFC 2617, section 3.2.2.2. */
  readonly ha1: string;
  readonly access: AccessPermission;
  readonly realms: readonly number[];
  /** The number by which the access control list knows it. */
  readonly handle: number;
  readonly isEnabled: boolean;
}

export interface AccountOptions {
  readonly name: string;
  readonly password: string;
  /** Numbers of `Realm`. */
  readonly realms: readonly number[];
}

const failuresUntilLocked = 10;

/** Who may log in, and how often it went wrong. */
export class Accounts {
  readonly #realm: string;
  readonly #accounts = new Map<string, Account>();
  readonly #lockMs: number;
  #nextHandle = 1;
  #failures = 0;
  #lockedUntil = 0;
  #admin: string;

  constructor(options: {
    readonly realm: string;
    readonly admin: { readonly name: string; readonly password: string };
    readonly others: readonly AccountOptions[];
    readonly lockMs: number;
  }) {
    this.#realm = options.realm;
    this.#lockMs = options.lockMs;
    this.#admin = options.admin.name;
    this.add({ ...options.admin, realms: [Realm.administration] });
    for (const one of options.others) this.add(one);
  }

  /** The name of the account that is always there. */
  get admin(): string {
    return this.#admin;
  }

  /** All but the administrator. */
  get others(): readonly Account[] {
    return [...this.#accounts.values()].filter(({ name }) => name !== this.#admin);
  }

  find(name: string): Account | undefined {
    return this.#accounts.get(name);
  }

  add({ name, password, realms }: AccountOptions): Account {
    return this.addHashed({ name, ha1: hash('md5', `${name}:${this.#realm}:${password}`), realms, access: 2 });
  }

  addHashed(account: Omit<Account, 'handle' | 'isEnabled'>): Account {
    const added = { ...account, handle: this.#nextHandle++, isEnabled: true };
    this.#accounts.set(account.name, added);
    return added;
  }

  /** Puts another in the place of an account, perhaps of another name. */
  replace(old: Account, changed: Account): void {
    this.#accounts.delete(old.name);
    this.#accounts.set(changed.name, changed);
    if (old.name === this.#admin) this.#admin = changed.name;
  }

  remove(account: Account): void {
    this.#accounts.delete(account.name);
  }

  /** Whether an account has one of the realms; the administrator has all. */
  mayUse(name: string, realms: readonly number[]): boolean {
    const account = this.#accounts.get(name);
    if (!account) return false;
    return account.realms.includes(Realm.administration) || realms.some((realm) => account.realms.includes(realm));
  }

  isLocked(now: number): boolean {
    return now < this.#lockedUntil;
  }

  /** Refuses everybody until the time is over or `unlock` is called. */
  lock(now: number): void {
    this.#lockedUntil = now + this.#lockMs;
  }

  unlock(): void {
    this.#lockedUntil = 0;
    this.#failures = 0;
  }

  accepted(): void {
    this.#failures = 0;
  }

  /** Counts a wrong password; gives the number of failures when this one locks. */
  rejected(now: number): number | undefined {
    this.#failures++;
    if (this.#failures < failuresUntilLocked) return undefined;
    const failures = this.#failures;
    this.#failures = 0;
    this.lock(now);
    return failures;
  }
}
