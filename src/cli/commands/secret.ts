import { systemKeyring } from '../../app/secrets/systemKeyring';
import { stateFolder } from '../../app/stateFolder';
import { SidebandError } from '../../base/errors';
import { didYouMean } from '../../base/nearest';
import { Secret } from '../../base/secret';
import { technologyNames } from '../../fleet/technologyName';
import type { Command, Invocation } from '../command';
import { type ExitCode, exitCodes } from '../../base/exitCodes';
import { toJson } from '../runReport';
import { formatTable } from '../../base/textTable';

const actions = ['set', 'list', 'delete'] as const;

export const secret: Command = {
  usage: 'secret set|list|delete [PROFILE TECHNOLOGY]',
  description: 'Keeps passwords in the system’s keyring. `set` asks for the password, or reads it from standard input.',
  examples: ['sideband secret set bmc ipmi', 'sideband secret list', 'sideband secret delete bmc ipmi'],
  async run(invocation) {
    const { args, settings, io } = invocation;
    const [action = '', ...names] = args.positionals;
    const keyring = await systemKeyring(stateFolder(io.env));
    switch (action) {
      case 'set': {
        const name = readName(names);
        await keyring.set(name, await readPassword(invocation));
        io.err(`stored the ${name.technology} password of profile ${name.profile}\n`);
        return exitCodes.done;
      }
      case 'list': {
        const stored = await keyring.list();
        if (settings.json) io.out(toJson({ secrets: stored }));
        else
          io.out(
            formatTable(
              stored.map(({ profile, technology }) => [profile, technology]),
              ['PROFILE', 'TECHNOLOGY'],
            ),
          );
        return exitCodes.done;
      }
      case 'delete':
        return deleted(await keyring.delete(readName(names)), invocation);
      default:
        throw new SidebandError('usage.invalid', `${actions.join(', ')} is expected.${didYouMean(action, actions)}`);
    }
  },
};

function deleted(wasThere: boolean, { io }: Invocation): ExitCode {
  io.err(wasThere ? 'deleted\n' : 'there was no such password\n');
  return wasThere ? exitCodes.done : exitCodes.nothing;
}

function readName([profile, technology, extra]: readonly string[]): {
  readonly profile: string;
  readonly technology: string;
} {
  if (profile === undefined || technology === undefined) {
    throw new SidebandError('usage.invalid', 'a profile and a technology are expected, such as: bmc ipmi');
  }
  if (extra !== undefined) {
    throw new SidebandError(
      'usage.invalid',
      'a password is never given as an argument: it is asked for, or read from standard input',
    );
  }
  if (technologyNames.some((name) => name === technology)) return { profile, technology };
  throw new SidebandError(
    'usage.invalid',
    `"${technology}" is not a technology.${didYouMean(technology, technologyNames)}`,
  );
}

async function readPassword({ io }: Invocation): Promise<Secret> {
  const password = io.canAsk
    ? await io.ask('Password: ', { hidden: true, signal: io.interrupted })
    : (await io.readInput()).replace(/\r?\n$/, '');
  if (password === '') throw new SidebandError('usage.invalid', 'the password is empty');
  return new Secret(password);
}
