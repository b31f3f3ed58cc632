import { resolve } from 'node:path';
import { parseDuration } from '../base/duration';
import { SidebandError } from '../base/errors';
import { didYouMean } from '../base/nearest';
import { technologyNames } from '../fleet/technologyName';
import { type Arguments, isOn, type Option, text } from './arguments';

export const globalOptions: readonly Option[] = [
  { name: 'folder', value: 'DIR', description: 'the folder that holds .sideband/ (default: the current one)' },
  { name: 'json', description: 'one JSON document on standard output, nothing else there' },
  { name: 'concurrency', value: 'N', description: 'computers at once (default: from fleet.yaml, or 1024)' },
  { name: 'timeout', value: 'DURATION', description: 'time for each computer, such as 30s or 5m (default: 2m)' },
  { name: 'technology', value: 'NAME', description: 'only by this technology' },
  { name: 'yes', description: 'do what is disruptive without asking' },
  { name: 'verbose', description: 'every message on the wire, in words, on standard error' },
  { name: 'help', description: 'explain the command' },
];

/** The global options of a command, checked. */
export interface Settings {
  readonly folder: string;
  readonly json: boolean;
  readonly concurrency?: number;
  readonly timeoutMs?: number;
  readonly technology: string | undefined;
  readonly yes: boolean;
  readonly verbose: boolean;
}

/** Throws `usage.invalid`. */
export function readSettings(args: Arguments, cwd: string): Settings {
  const concurrency = text(args, 'concurrency');
  const timeout = text(args, 'timeout');
  return {
    folder: resolve(cwd, text(args, 'folder') ?? '.'),
    json: isOn(args, 'json'),
    ...(concurrency !== undefined && { concurrency: readCount(concurrency) }),
    ...(timeout !== undefined && { timeoutMs: readTimeout(timeout) }),
    technology: readTechnology(text(args, 'technology')),
    yes: isOn(args, 'yes'),
    verbose: isOn(args, 'verbose'),
  };
}

function readCount(value: string): number {
  if (/^[1-9]\d{0,4}$/.test(value)) return Number(value);
  throw new SidebandError('usage.invalid', `--concurrency: a number from 1 is expected, not "${value}"`);
}

function readTimeout(value: string): number {
  const timeoutMs = parseDuration(value);
  if (timeoutMs !== undefined && timeoutMs > 0) return timeoutMs;
  throw new SidebandError('usage.invalid', `--timeout: a duration such as 30s or 5m is expected, not "${value}"`);
}

function readTechnology(value: string | undefined): string | undefined {
  if (value === undefined || technologyNames.some((name) => name === value)) return value;
  const message = `--technology: "${value}" is not a technology.${didYouMean(value, technologyNames)}`;
  throw new SidebandError('usage.invalid', message);
}
