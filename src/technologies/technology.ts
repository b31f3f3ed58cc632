import type * as z from 'zod';
import type { Cache } from '../base/cache';
import type { ErrorCode } from '../base/errorCodes';
import type { Asks } from '../base/frontend';
import type { Log } from '../base/log';
import type { Secret } from '../base/secret';
import type { TechnologyName } from '../fleet/technologyName';
import type { HttpTransport } from '../transport/http';
import type { PeerCertificate, TcpEndpoint } from '../transport/tcp';
import type { UdpTransport } from '../transport/udp';
import type { ConsoleOptions, SerialConsole } from './console';

/** Where and as whom to open a session. */
export interface Endpoint<Options> {
  /** The computer's name, for messages. */
  readonly computer: string;
  readonly host: string;
  /** The given port, or else the technology's own. */
  readonly port: number;
  /** Whether the fleet file or the URL names the port. */
  readonly isPortGiven: boolean;
  readonly options: Options;
  /** Rejects with `auth.missing` when nobody knows the password. */
  readonly secret: (signal: AbortSignal) => Promise<Secret>;
  /** Called once when the first message goes unanswered, so that nobody else needs to wait for this computer. */
  readonly onSilence?: () => void;
  readonly asks?: Asks;
}

/** The certificates that people have vouched for. */
export interface Pins {
  /** The fingerprint that is pinned for an address. */
  get(host: string, port: number): string | undefined;
  /** Rejects with `file.invalid` when it cannot be kept. */
  pin(host: string, port: number, fingerprint: string): Promise<void>;
}

/** What a technology needs from its host. */
export interface Surroundings {
  readonly udp: UdpTransport;
  readonly http: HttpTransport;
  /** Whether a TCP port takes a connection: rejects with `dns.failed` or `connect.*` when it does not. */
  readonly knockTcp: (to: TcpEndpoint, signal: AbortSignal) => Promise<void>;
  readonly pins: Pins;
  /** The text of a file that a profile names, from the folder’s `.sideband`. Rejects with `file.missing`. */
  readonly readFile: (name: string) => Promise<string>;
  readonly cache: Cache;
  readonly log: Log;
}

/** One stage on the way to a login, as `sideband check` shows it. */
export interface Stage {
  readonly title: string;
  readonly ok: boolean;
  readonly detail: string;
}

/** Whether a technology answers, and if not, which cause applies. */
export interface Diagnosis {
  readonly technology: TechnologyName;
  readonly ok: boolean;
  readonly stages: readonly Stage[];
  /** The cause, when it is certain. */
  readonly cause?: { readonly code: ErrorCode; readonly message: string; readonly hint: string };
}

/** A URL scheme that reaches a computer without a fleet, and the options that it stands for. */
export interface Scheme {
  readonly name: string;
  readonly options: Readonly<Record<string, unknown>>;
}

/** A client whose session has ended by what it did, so that nobody else may use it. */
export interface Spendable {
  readonly isSpent: boolean;
}

/** A client that finds out, on the way, what its computer offers. */
export interface Describing {
  /** In words. Absent while nobody has asked. */
  readonly offers: string | undefined;
}

/** One way to reach a computer. */
export interface Technology<Client extends AsyncDisposable = AsyncDisposable, Options = unknown> {
  readonly name: TechnologyName;
  readonly title: string;
  readonly defaultPort: number;
  readonly schemes: readonly Scheme[];
  /** Checks the technology's section of a profile, and the options of a URL. */
  readonly options: z.ZodType<Options>;
  /** Opens a session within the signal's time. The client closes it when disposed of, on every path. */
  open(endpoint: Endpoint<Options>, surroundings: Surroundings, signal: AbortSignal): Promise<Client>;
  /** Never rejects for what the device does; logs in at most once. */
  check(endpoint: Endpoint<Options>, surroundings: Surroundings, signal: AbortSignal): Promise<Diagnosis>;
  /** The certificate that the device shows, whatever it is worth. Nothing when it is reached in clear only. Sends no secret. */
  certificate?(
    endpoint: Endpoint<Options>,
    surroundings: Surroundings,
    signal: AbortSignal,
  ): Promise<(PeerCertificate & { readonly port: number }) | undefined>;
  /** Opens the computer's serial port in a session of its own. Rejects with `console.taken` when it is open elsewhere. */
  openConsole?(
    endpoint: Endpoint<Options>,
    surroundings: Surroundings,
    options: ConsoleOptions,
    signal: AbortSignal,
  ): Promise<SerialConsole>;
}
