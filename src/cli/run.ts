import { reportError, SidebandError, toSidebandError } from '../base/errors';
import { didYouMean } from '../base/nearest';
import { findCommand, isOn, parseArguments } from './arguments';
import type { Command } from './command';
import { commands, laterCommands } from './commands';
import { type ExitCode, exitCodeOf } from '../base/exitCodes';
import { globalOptions, readSettings } from './globalOptions';
import type { Io } from './io';
import { printable } from '../base/printable';

/** Runs one command line. Never rejects: what goes wrong is said on standard error. */
export async function run(argv: readonly string[], io: Io): Promise<ExitCode> {
  const wantsJson = argv.includes('--json');
  try {
    return await dispatch(argv, io);
  } catch (thrown) {
    const error = toSidebandError(thrown);
    // In one line, as all of `serve --json`.
    if (wantsJson) io.out(`${JSON.stringify({ error: reportError(error) })}\n`);
    io.err(`sideband: ${printable(error.message)}\n`);
    if (error.code !== 'run.cancelled') io.err(`  ${printable(error.hint)}\n`);
    if (argv.includes('--verbose') && thrown instanceof Error) io.err(`${thrown.stack ?? ''}\n`);
    return exitCodeOf(error);
  }
}

async function dispatch(argv: readonly string[], io: Io): Promise<ExitCode> {
  const name = findCommand(argv, globalOptions);
  if (name === undefined || name === 'help') {
    const { printHelp } = await import('./help');
    return printHelp(argv.filter((word) => !word.startsWith('-')).slice(1), io);
  }
  const command = await loadCommand(name);
  const options = [...globalOptions, ...((await command.options?.(argv)) ?? [])];
  const args = parseArguments(argv, options);
  if (isOn(args, 'help')) {
    const { printHelp } = await import('./help');
    return printHelp(args.positionals, io);
  }
  const [, ...positionals] = args.positionals;
  return command.run({ args: { ...args, positionals }, settings: readSettings(args, io.cwd), io });
}

async function loadCommand(name: string): Promise<Command> {
  if (name === '__complete') return (await import('./commands/complete')).complete;
  const entry = commands.find((one) => one.name === name);
  if (entry) return entry.load();
  if (laterCommands.includes(name)) throw new SidebandError('usage.invalid', `"${name}" is not in this version`);
  const names = commands.map((one) => one.name);
  throw new SidebandError('usage.invalid', `no command "${name}".${didYouMean(name, names)}`);
}
