import { join, relative, resolve } from 'node:path';
import { startDemo } from '../../app/demo';
import { SidebandError } from '../../base/errors';
import { text } from '../arguments';
import type { Command } from '../command';
import { exitCodes } from '../../base/exitCodes';

const defaultCount = 60;

export const demo: Command = {
  usage: 'demo [DIR] [--count N]',
  description: 'Writes a sample folder and simulates its fleet until interrupted. No real computer is touched.',
  examples: ['sideband demo', 'sideband demo ~/try-sideband --count 1000'],
  options: () => [{ name: 'count', value: 'N', description: `simulated computers (default: ${defaultCount})` }],
  async run({ args, settings, io }) {
    const folder = resolve(io.cwd, args.positionals[0] ?? 'sideband-demo');
    const count = readCount(text(args, 'count') ?? String(defaultCount));
    await using fleet = await startDemo({ folder, count, replace: settings.yes });
    const where = relative(io.cwd, folder) || '.';
    const lines = [
      `wrote ${join(where, '.sideband', 'fleet.yaml')} with ${count} simulated computers; their password is ${fleet.password}`,
      'try, in another terminal:',
      `  export SIDEBAND_SECRET_BMC_IPMI=${fleet.password} SIDEBAND_SECRET_AMT_AMT=${fleet.password}`,
      `  sideband do power.status '*' --folder "${folder}"`,
      `  sideband do power.off site=oslo --plan --folder "${folder}"`,
      `  sideband check role=puzzle --folder "${folder}"`,
      'ready; Ctrl-C ends it',
    ];
    io.out(`${lines.join('\n')}\n`);
    await new Promise<void>((done) => {
      if (io.interrupted.aborted) done();
      io.interrupted.addEventListener('abort', () => {
        done();
      });
    });
    return exitCodes.done;
  },
};

function readCount(value: string): number {
  const count = Number(value);
  if (Number.isInteger(count) && count >= 10 && count <= 10_000) return count;
  throw new SidebandError('usage.invalid', `--count: a number from 10 to 10000 is expected, not "${value}"`);
}
