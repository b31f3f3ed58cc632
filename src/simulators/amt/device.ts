import { createHash, hash } from 'node:crypto';
import { Emitter } from '../../base/emitter';
import { type AccountOptions, Accounts } from './accounts';
import { publicTestCertificate, publicTestKey } from './certificate';
import { Faults } from './faults';
import { type Hardware, type HardwareKind, hardwareKinds } from './hardware';
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
  /** The parts; absent: of a desktop. */
  readonly hardware?: HardwareKind | Hardware;
  readonly hostName?: string;
  /** `false`: nobody has set it up, so nothing listens. */
  readonly isProvisioned?: boolean;
  /** The code for user consent that its screen shows; absent: by chance each time. */
  readonly consentCode?: string;
  /** What boot options without the consent that they need come to: a refusal, or a usual boot. */
  readonly withoutConsent?: 'refused' | 'ignored';
  /** Some firmware does not clear boot options after the boot. */
  readonly bootOptions?: 'cleared' | 'kept';
  /** How digest logins are offered. */
  readonly qop?: 'auth' | 'auth,auth-int' | 'auth-int';
  /** Recorded devices close the connection after a 401; others keep it. */
  readonly afterRejection?: 'close' | 'keep';
  /** How an account without the realm is refused: by a fault, or by HTTP alone. */
  readonly withoutRealm?: 'fault' | '403';
  /** How long an account stays locked after ten wrong passwords, in milliseconds. */
  readonly lockMs?: number;
  /** Before each answer, in milliseconds. */
  readonly delayMs?: number;
  /** After this time without a request a connection is closed, in milliseconds. */
  readonly idleMs?: number;
  /** Certificate and key in PEM; absent: a public test key that all devices share. */
  readonly certificate?: { readonly cert: string; readonly key: string };
  /** Certification authorities in PEM: only consoles with a certificate of theirs are let in. */
  readonly clientAuthorities?: string;
}

/** How it is spoken to on the network: committed TLS settings change it. */
export interface NetworkFront {
  readonly ports: AmtProfile['ports'];
  readonly certificate: { readonly cert: string; readonly key: string };
  /** Certification authorities in PEM; absent: consoles need no certificate. */
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
  readonly hardware: Hardware;
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
  readonly #closing = new AbortController();
  readonly #wentDark = new Emitter<void>();
  readonly #frontChanged = new Emitter<void>();
  readonly #locked = new Emitter<number>();
  #isProvisioned: boolean;
  #isDark: boolean;
  #front: NetworkFront;

  constructor(options: AmtDeviceOptions, index: number) {
    this.options = options;
    this.index = index;
    this.profile = profiles[options.profile ?? '15.0'];
    this.#isProvisioned = options.isProvisioned ?? true;
    this.#isDark = !this.#isProvisioned;
    this.#front = {
      ports: options.ports ?? this.profile.ports,
      certificate: options.certificate ?? { cert: publicTestCertificate, key: publicTestKey },
      ...(options.clientAuthorities !== undefined && { clientAuthorities: options.clientAuthorities }),
    };
    this.uuid = createHash('md5').update(`amt ${index}`).digest();
    this.digestRealm = `Digest:${createHash('md5').update(`realm ${index}`).digest('hex').toUpperCase()}`;
    const { hardware = 'desktop' } = options;
    this.hardware = typeof hardware === 'string' ? hardwareKinds[hardware] : hardware;
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

  /** Fires when it has lost its configuration or switched its network off: nothing listens from then on. */
  readonly onDidGoDark = this.#wentDark.event;
  readonly onDidChangeFront = this.#frontChanged.event;
  /** Fires with the number of wrong passwords that locked the accounts. */
  readonly onDidLock = this.#locked.event;

  /** Aborted when the device is disposed of: ends what it does of its own accord, such as sending alerts. */
  get signal(): AbortSignal {
    return this.#closing.signal;
  }

  get isProvisioned(): boolean {
    return this.#isProvisioned;
  }

  /** Whether nothing listens. */
  get isDark(): boolean {
    return this.#isDark;
  }

  get front(): NetworkFront {
    return this.#front;
  }

  get ports(): AmtProfile['ports'] {
    return this.#front.ports;
  }

  /** Milliseconds since 1970 by the device's own clock. */
  now(): number {
    return Date.now() + this.clockOffsetMs;
  }

  /** A serial number of a part, which no other device has. */
  serial(part: string): string {
    return hash('md5', `${this.index} ${part}`).slice(0, 12).toUpperCase();
  }

  /** The address of the wired adapter: six bytes. */
  get mac(): Buffer {
    const bytes = Buffer.from([0x48, 0x21, 0x0b, 0, 0, 0]);
    bytes.writeUIntBE(this.index & 0xff_ffff, 3, 3);
    return bytes;
  }

  has(feature: Feature): boolean {
    return this.profile.features.has(feature);
  }

  tellLocked(failures: number): void {
    this.#locked.fire(failures);
  }

  changeFront(front: NetworkFront): void {
    this.#front = front;
    this.#frontChanged.fire();
  }

  unprovision(): void {
    this.#isProvisioned = false;
    this.goDark();
  }

  /** Leaves the network, which nobody can undo from there. */
  goDark(): void {
    if (this.#isDark) return;
    this.#isDark = true;
    this.#wentDark.fire();
  }

  dispose(): void {
    this.#closing.abort();
    this.machine.dispose();
    this.#wentDark.dispose();
    this.#frontChanged.dispose();
    this.#locked.dispose();
  }
}
