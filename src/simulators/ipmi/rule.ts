import type { Board } from './board';
import type { Machine } from './machine';

/** What a BMC is, as its answers show it. */
export interface BmcIdentity {
  /** IANA enterprise number of the maker. */
  readonly manufacturer: number;
  readonly product: number;
  readonly firmware: readonly [major: number, minorBcd: number];
  /** 16 bytes as they go over the wire. */
  readonly guid: Buffer;
}

/** An account on a BMC. */
export interface BmcUser {
  readonly name: string;
  readonly password: string;
  /** Privilege limit: 2 user, 3 operator, 4 administrator. */
  readonly limit: number;
}

/** A session that is logged in. */
export interface Login {
  readonly handle: number;
  /** Index of its user. */
  readonly user: number;
  readonly level: number;
  readonly from: { readonly address: string; readonly port: number };
}

export interface CommandContext {
  readonly identity: BmcIdentity;
  readonly machine: Machine;
  readonly board: Board;
  readonly ipmi15Only: boolean;
  readonly suites: readonly number[];
  /** The level of the session that asks; 0 outside a session. */
  readonly privilege: number;
  readonly users: readonly BmcUser[];
  readonly logins: () => readonly Login[];
  /** The handle of the session that asks. */
  readonly ownLogin: number | undefined;
}

/** How a command is answered. */
export interface Rule {
  /** The lowest privilege level; 0 is allowed outside a session. */
  readonly level: number;
  answer(data: Buffer, context: CommandContext): readonly number[];
}
