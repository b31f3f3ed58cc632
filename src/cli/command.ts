import type { Arguments, Option } from './arguments';
import type { ExitCode } from '../base/exitCodes';
import type { Settings } from './globalOptions';
import type { Io } from './io';

/** What a command is given. */
export interface Invocation {
  readonly args: Arguments;
  readonly settings: Settings;
  readonly io: Io;
}

/** A command of the command line: one file each in `commands/`. */
export interface Command {
  /** After `sideband`: `do OPERATION TARGETS [--parameter value …]`. */
  readonly usage: string;
  readonly description: string;
  readonly examples: readonly string[];
  /** Its own options, which may depend on its words. */
  options?(argv: readonly string[]): readonly Option[] | Promise<readonly Option[]>;
  run(invocation: Invocation): Promise<ExitCode>;
}
