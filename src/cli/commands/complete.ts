import type { App } from '../../app/app';
import { listJobFiles } from '../../app/jobFiles';
import { builtInDefinitions } from '../../fleet/definitions';
import { nodes } from '../../nodes';
import { directOperations, operations } from '../../operations';
import { type Option, toKebab } from '../arguments';
import type { Command } from '../command';
import { exitCodes } from '../../base/exitCodes';
import { globalOptions } from '../globalOptions';
import { shortName } from '../../app/jobNames';
import { openApp } from '../openApp';
import { parameterOptions, parameterValues } from '../operationOptions';
import { commands } from '.';

/** What the completion scripts call: `sideband __complete -- WORD …`, the last word being the one that is typed. */
export const complete: Command = {
  usage: '__complete -- WORD …',
  description: 'Prints what may come next, a line each.',
  examples: [],
  async run(invocation) {
    const words = invocation.args.positionals;
    const typed = words.at(-1) ?? '';
    const before = words.slice(0, -1).filter((word) => !word.startsWith('-'));
    const candidates =
      (await valuesFor(words, invocation)) ??
      (typed.startsWith('-') ? await optionsFor(words) : await wordsFor(before, invocation));
    invocation.io.out(
      candidates
        .filter((candidate) => candidate.startsWith(typed))
        .map((one) => `${one}\n`)
        .join(''),
    );
    return exitCodes.done;
  },
};

/** The values of the parameter before the word that is typed; nothing when no parameter wants one. */
async function valuesFor(
  words: readonly string[],
  invocation: Parameters<Command['run']>[0],
): Promise<readonly string[] | undefined> {
  const operation = words.includes('do') ? operations.find(({ id }) => words.includes(id)) : undefined;
  const option = operation && parameterOptions(operation).find(({ name }) => words.at(-2) === `--${toKebab(name)}`);
  if (!operation || option?.value === undefined) return undefined;
  const definitions = await inFolder(invocation, ({ engine }) => engine.definitions);
  return parameterValues(operation, option.name, definitions ?? builtInDefinitions);
}

async function optionsFor(words: readonly string[]): Promise<readonly string[]> {
  const command = await commands.find(({ name }) => words.includes(name))?.load();
  const own: readonly Option[] = (await command?.options?.(words)) ?? [];
  return [...own, ...globalOptions].map(({ name }) => `--${toKebab(name)}`);
}

async function wordsFor(
  before: readonly string[],
  invocation: Parameters<Command['run']>[0],
): Promise<readonly string[]> {
  const [command, subject] = before;
  switch (command) {
    case undefined:
      return [...commands.map(({ name }) => name), 'help'];
    case 'help':
      return [...commands.map(({ name }) => name), ...operations.map(({ id }) => id), 'targets', 'exit-codes'];
    case 'do':
      return subject === undefined ? directOperations.map(({ id }) => id) : targetsOf(invocation);
    case 'show':
      return subject === undefined ? nodes.map(({ id }) => id) : targetsOf(invocation);
    case 'list':
    case 'check':
    case 'snapshot':
    case 'trust':
      return targetsOf(invocation);
    case 'secret':
      return subject === undefined ? ['set', 'list', 'delete'] : [];
    case 'completion':
      return ['bash', 'zsh'];
    case 'job':
      return subject === undefined ? ['list', 'check', 'plan', 'run'] : jobsOf(invocation);
    case 'runs':
    case 'rerun':
      return ['last'];
    default:
      return [];
  }
}

async function targetsOf(invocation: Parameters<Command['run']>[0]): Promise<readonly string[]> {
  const targets = await inFolder(invocation, ({ fleet: { computers, groups } }) => [
    ...[...groups.keys()].map((name) => `@${name}`),
    ...computers.map(({ name }) => name),
  ]);
  return targets ?? [];
}

async function jobsOf(invocation: Parameters<Command['run']>[0]): Promise<readonly string[]> {
  const files = await listJobFiles(invocation.settings.folder).catch(() => []);
  return files.map(shortName);
}

/** Nothing when the folder's files have mistakes: this is no place to say so. */
async function inFolder<T>(invocation: Parameters<Command['run']>[0], look: (app: App) => T): Promise<T | undefined> {
  try {
    await using app = await openApp({ ...invocation, io: { ...invocation.io, err: () => undefined } });
    return look(app);
  } catch {
    return undefined;
  }
}
