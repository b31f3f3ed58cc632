import type { Computer } from '../../fleet/computer';
import type { Command } from '../command';
import { exitCodes } from '../../base/exitCodes';
import { openApp } from '../openApp';
import { toJson } from '../runReport';
import { formatTable } from '../../base/textTable';

export const list: Command = {
  usage: 'list [TARGETS]',
  description: 'Lists the computers that targets mean; without targets, all. Contacts nobody.',
  examples: ['sideband list', "sideband list 'site=oslo !node007'", 'sideband list @build --json'],
  async run(invocation) {
    const { args, settings, io } = invocation;
    await using app = await openApp(invocation);
    const computers = app.select(args.positionals.join(' ') || '*');
    io.out(settings.json ? toJson({ computers: computers.map(toPlain) }) : formatTable(computers.map(toRow), head));
    return exitCodes.done;
  },
};

const head = ['COMPUTER', 'ADDRESS', 'PROFILE', 'TECHNOLOGIES', 'TAGS'];

function toRow({ name, host, profile, accesses, tags }: Computer): readonly string[] {
  const technologies = accesses.map(({ technology }) => technology).join(' ');
  const words = Object.entries(tags).map(([key, value]) => `${key}=${value}`);
  return [name, host, profile ?? '-', technologies || '-', words.join(' ')];
}

function toPlain({ name, host, mac, profile, accesses, tags }: Computer): object {
  return { computer: name, host, mac, profile, technologies: accesses.map(({ technology }) => technology), tags };
}
