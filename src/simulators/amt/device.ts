import { createHash } from 'node:crypto';
import { Emitter } from '../../base/emitter';
import { type AccountOptions, Accounts } from './accounts';
import { Faults } from './faults';
import { Machine, PowerState } from './machine';
import { type AmtProfile, type Feature, profiles, type ProfileName } from './profiles';

/** One simulated computer with AMT. What is left out is as on a healthy desktop that is on. */
export interface AmtDeviceOptions {
  readonly profile?: ProfileName;
  /** Which of the two listeners there are; absent: as the profile has it. */
  readonly ports?: AmtProfile['ports'];
  readonly user?: string;
  readonly password?: string;
  /** Accounts beside the administrator's. */
  readonly accounts?: readonly AccountOptions[];
  readonly power?: PowerState;
  /** How long the power takes to follow, in milliseconds. */
  readonly powerDelayMs?: number;
  /** Whether the operating system runs the local management service, which graceful requests need. */
  readonly hasLms?: boolean;
  readonly hasModernStandby?: boolean;
  readonly hardware?: 'desktop' | 'laptop';
  readonly hostName?: string;
  /** `false`: nobody has set it up, so nothing listens. */
  readonly isProvisioned?: boolean;
  /** How digest logins are offered. */
  readonly qop?: 'auth' | 'auth,auth-int' | 'auth-int';
  /** Recorded devices close the connection after a 401; others keep it. */
  readonly afterRejection?: 'close' | 'keep';
  /** How long an account stays locked after ten wrong passwords, in milliseconds. */
  readonly lockMs?: number;
  /** Before each answer, in milliseconds. */
  readonly delayMs?: number;
  /** Certificate and key in PEM; absent: a public test key that all devices share. */
  readonly certificate?: { readonly cert: string; readonly key: string };
  /** Certification authorities in PEM: only consoles with a certificate of theirs are let in. */
  readonly clientAuthorities?: string;
}

/** Something that a console has made the device do. */
export interface AmtCall {
  /** `Put`, `Create`, `Delete`, `Subscribe` … or a method. */
  readonly method: string;
  readonly resource: string;
  readonly selectors: Readonly<Record<string, unknown>>;
  /** What was sent, as text. */
  readonly parameters: Readonly<Record<string, string | readonly string[]>>;
  /** 0 also for what has no ReturnValue. */
  readonly returned: number;
}

export interface AmtCounters {
  connections: number;
  tlsHandshakes: number;
  /** Handshakes that resumed a session. */
  tlsResumed: number;
  /** Requests of any kind, with a login or without. */
  requests: number;
  /** Wrong user or password. A request without a login is none. */
  loginsRejected: number;
  enumerationsOpen: number;
}

export const defaultUser = { user: 'admin', password: 'demo' } as const;

/** The management engine: what its classes share. The state of an area is kept beside it, see `perDevice`. */
export class AmtDevice {
  readonly profile: AmtProfile;
  readonly options: AmtDeviceOptions;
  /** Where it stands among the devices of the simulator; makes its serial numbers. */
  readonly index: number;
  /** 16 bytes as SMBIOS has them. */
  readonly uuid: Buffer;
  /** `Digest:` and 32 hexadecimal digits: differs for each installation. */
  readonly digestRealm: string;
  readonly machine: Machine;
  readonly accounts: Accounts;
  readonly faults = new Faults();
  /** What changed something, in its order. */
  readonly calls: AmtCall[] = [];
  /** What would have changed something, and was refused with a ReturnValue. */
  readonly refused: AmtCall[] = [];
  /** Mistakes of the simulator itself, which consoles see as the fault InternalError. */
  readonly errors: unknown[] = [];
  readonly counters: AmtCounters = {
    connections: 0,
    tlsHandshakes: 0,
    tlsResumed: 0,
    requests: 0,
    loginsRejected: 0,
    enumerationsOpen: 0,
  };
  /** Added to the clock: consoles set the time. */
  clockOffsetMs = 0;
  readonly #unprovisioned = new Emitter<void>();
  readonly #locked = new Emitter<number>();
  #isProvisioned: boolean;

  constructor(options: AmtDeviceOptions, index: number) {
    this.options = options;
    this.index = index;
    this.profile = profiles[options.profile ?? '15.0'];
    this.#isProvisioned = options.isProvisioned ?? true;
    this.uuid = createHash('md5').update(`amt ${index}`).digest();
    this.digestRealm = `Digest:${createHash('md5').update(`realm ${index}`).digest('hex').toUpperCase()}`;
    this.machine = new Machine({
      power: options.power ?? PowerState.on,
      delayMs: options.powerDelayMs ?? 0,
      hasLms: options.hasLms ?? true,
      hasModernStandby: options.hasModernStandby ?? false,
    });
    const { user, password } = { ...defaultUser, ...options };
    this.accounts = new Accounts({
      realm: this.digestRealm,
      admin: { name: user, password },
      others: options.accounts ?? [],
      lockMs: options.lockMs ?? 60_000,
    });
    this.faults.delayMs = options.delayMs ?? 0;
  }

  /** Fires when it has lost its configuration: nothing listens from then on. */
  readonly onDidUnprovision = this.#unprovisioned.event;
  /** Fires with the number of wrong passwords that locked the accounts. */
  readonly onDidLock = this.#locked.event;

  get isProvisioned(): boolean {
    return this.#isProvisioned;
  }

  get ports(): AmtProfile['ports'] {
    return this.options.ports ?? this.profile.ports;
  }

  /** Milliseconds since 1970 by the device's own clock. */
  now(): number {
    return Date.now() + this.clockOffsetMs;
  }

  has(feature: Feature): boolean {
    return this.profile.features.has(feature);
  }

  tellLocked(failures: number): void {
    this.#locked.fire(failures);
  }

  unprovision(): void {
    if (!this.#isProvisioned) return;
    this.#isProvisioned = false;
    this.#unprovisioned.fire();
  }

  dispose(): void {
    this.machine.dispose();
    this.#unprovisioned.dispose();
    this.#locked.dispose();
  }
}
