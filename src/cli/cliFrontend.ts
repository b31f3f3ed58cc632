import { SidebandError } from '../base/errors';
import type { Frontend } from '../base/frontend';
import { printable } from '../base/printable';
import { cliAsks } from './cliAsks';
import type { Invocation } from './command';
import { cliLog } from './openApp';
import { nameSome, type ResultPrinter } from '../jobs/resultPrinter';

const namedAtMost = 10;

/** Asks on the terminal; where nobody can be asked, `--yes` is the answer, and without it `confirm.missing` is thrown. */
export function cliFrontend({ settings, io }: Invocation, printer: ResultPrinter | undefined): Frontend {
  const asks = cliAsks(io);
  return {
    log: cliLog(io, settings.verbose),
    ...(asks && { asks }),
    async confirm({ title, computers, warnings }, signal) {
      if (settings.yes) return true;
      const what = `${title}: ${computers.length} computer${computers.length === 1 ? '' : 's'}`;
      const whom = nameSome(computers, namedAtMost);
      for (const warning of warnings) io.err(`${printable(warning)}\n`);
      if (!io.canAsk) throw new SidebandError('confirm.missing', `${what} (${whom}) needs --yes`);
      const answer = await io.ask(`${printable(`${what}: ${whom}`)}. Go on? [y/N] `, { hidden: false, signal });
      return /^y(es)?$/i.test(answer.trim());
    },
    progress(progress) {
      printer?.progress(progress);
    },
  };
}
