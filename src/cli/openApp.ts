import { relative } from 'node:path';
import { App } from '../app/app';
import { chainSecrets } from '../app/secrets/chain';
import { environmentSecrets } from '../app/secrets/environmentSecrets';
import { systemKeyring } from '../app/secrets/systemKeyring';
import { stateFolder } from '../app/stateFolder';
import { SidebandError } from '../base/errors';
import type { Log } from '../base/log';
import { formatProblem } from '../base/problem';
import { Secret, type SecretKey, type SecretSource } from '../base/secret';
import type { Ledger } from '../jobs/ledger';
import type { Invocation } from './command';
import { printable } from '../base/printable';

/** The engine for this invocation. Throws `file.invalid` with every mistake of the folder's files. */
export async function openApp(
  { settings, io }: Invocation,
  { idleMs = 0, ledger }: { readonly idleMs?: number; readonly ledger?: Ledger } = {},
): Promise<App> {
  const state = stateFolder(io.env);
  const sources = [environmentSecrets(io.env), lazyKeyring(state)];
  if (io.canAsk) sources.push(askingSecrets(io));
  const app = new App({
    folder: settings.folder,
    stateFolder: state,
    secrets: chainSecrets(...sources),
    ledger,
    log: cliLog(io, settings.verbose),
    idleMs,
  });
  await app.reload();
  const mistakes = app.problems.map((problem) => formatProblem({ ...problem, file: relative(io.cwd, problem.file) }));
  if (mistakes.length === 0) return app;
  await app[Symbol.asyncDispose]();
  const [first = '', ...others] = mistakes;
  for (const mistake of others) io.err(`${printable(mistake)}\n`);
  throw new SidebandError('file.invalid', first);
}

export function cliLog({ err }: Pick<Invocation['io'], 'err'>, verbose: boolean): Log {
  return {
    info: (line) => {
      if (verbose) err(`${printable(line)}\n`);
    },
    warn: (line) => {
      err(`sideband: ${printable(line)}\n`);
    },
    trace: (line) => {
      if (verbose) err(`${printable(line())}\n`);
    },
  };
}

/** Loads the keyring when the environment did not know a password. */
function lazyKeyring(state: string): SecretSource {
  let keyring: ReturnType<typeof systemKeyring> | undefined;
  return {
    async get(key) {
      keyring ??= systemKeyring(state);
      return (await keyring).get(key);
    },
  };
}

/** Asks on the terminal, once for each profile and technology. */
function askingSecrets(io: Invocation['io']): SecretSource {
  const asked = new Map<string, Promise<Secret | undefined>>();
  let turn: Promise<unknown> = Promise.resolve();
  return {
    get(key, signal) {
      const whose = describeKey(key);
      const before = turn;
      const answer =
        asked.get(whose) ??
        before.then(async () => {
          const password = await io.ask(`Password of ${whose}: `, { hidden: true, signal });
          return password === '' ? undefined : new Secret(password);
        });
      asked.set(whose, answer);
      turn = answer.catch(() => undefined);
      return answer;
    },
  };
}

function describeKey({ profile, technology, computer }: SecretKey): string {
  return profile === undefined ? (computer ?? technology) : `profile ${profile} (${technology})`;
}
