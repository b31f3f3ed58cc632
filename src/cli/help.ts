import { SidebandError } from '../base/errors';
import { didYouMean } from '../base/nearest';
import { type Option, toKebab } from './arguments';
import { commands } from './commands';
import { type ExitCode, exitCodes } from '../base/exitCodes';
import { globalOptions } from './globalOptions';
import type { Io } from './io';
import { formatList } from '../base/textTable';

const topics: Readonly<Record<string, string>> = {
  targets: `Targets say which computers are meant. Several words add up; a word with ! takes away.

  lab-01              a computer                node[001-050]   a range
  lab-*  node?        globs; * is all           @build          a group of fleet.yaml
  site=oslo           a tag; os* and != work    !lab-07         not this one
  @build&site=oslo    both at once
  ipmi://admin@10.0.4.11:623?cipherSuite=3     no fleet needed; the password is in SIDEBAND_PASSWORD

  sideband list '@build !lab-07'
`,
  'exit-codes': `  0  all succeeded
  1  some computer failed, or nobody knows whether it happened
  2  wrong usage or a mistake in a file; nothing was done
  3  cancelled
  4  refused: by policy.yaml, a changed plan, or a missing --yes
  5  the targets matched nothing
`,
};

/** Help on everything, a command, an operation or a topic. */
export async function printHelp([subject, second]: readonly string[], io: Io): Promise<ExitCode> {
  if (subject === undefined) {
    io.out(overview());
    return exitCodes.done;
  }
  const topic = topics[subject];
  if (topic !== undefined) {
    io.out(topic);
    return exitCodes.done;
  }
  if (commands.some(({ name }) => name === subject)) {
    io.out(subject === 'do' && second !== undefined ? await operationHelp(second) : await commandHelp(subject));
  } else io.out(await operationHelp(subject));
  return exitCodes.done;
}

function overview(): string {
  return `Sideband manages computers in band and out of band.

  sideband COMMAND [OPTIONS]

${formatList(commands.map(({ name, summary }) => [name, summary]))}
${formatOptions(globalOptions)}
More: sideband help COMMAND | OPERATION | targets | exit-codes
Try it: sideband demo
`;
}

async function commandHelp(name: string): Promise<string> {
  const command = await commands.find((one) => one.name === name)?.load();
  if (!command) return '';
  const own = (await command.options?.([])) ?? [];
  return `  sideband ${command.usage}

${command.description}
${own.length > 0 ? `\n${formatOptions(own)}` : ''}
Global options:
${formatOptions(globalOptions)}
Examples:
${command.examples.map((example) => `  ${example}\n`).join('')}`;
}

async function operationHelp(id: string): Promise<string> {
  const [{ operations }, { parameterOptions, exampleOptions }] = await Promise.all([
    import('../operations'),
    import('./operationOptions'),
  ]);
  const operation = operations.find((one) => one.id === id);
  if (!operation) {
    const known = [...commands.map(({ name }) => name), ...operations.map((one) => one.id), ...Object.keys(topics)];
    throw new SidebandError('usage.invalid', `no help on "${id}".${didYouMean(id, known)}`);
  }
  const ways = operation.ways.map(({ technologyTitle }) => technologyTitle);
  const options = parameterOptions(operation);
  const usage = operation.followUp
    ? `- uses: ${operation.id}   # a step of a job`
    : `sideband do ${operation.id} TARGETS`;
  const example = `
Example:
  sideband do ${operation.id} lab-01${exampleOptions(operation)}
`;
  return `  ${usage}

${operation.title}: ${operation.description}
It is ${operation.danger}; done by ${[...new Set(ways)].join(', then ')}.
${options.length > 0 ? `\n${formatOptions(options)}` : ''}${operation.followUp ? '' : example}`;
}

function formatOptions(options: readonly Option[]): string {
  return formatList(
    options.map(({ name, value, isNegatable, description }) => [
      `--${isNegatable ? '[no-]' : ''}${toKebab(name)}${value === undefined ? '' : ` ${value}`}`,
      description,
    ]),
  );
}
