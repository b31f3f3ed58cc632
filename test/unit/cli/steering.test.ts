import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cliFrontend } from '../../../src/cli/cliFrontend';
import { parseArguments } from '../../../src/cli/arguments';
import { globalOptions, readSettings } from '../../../src/cli/globalOptions';
import { run } from '../../../src/cli/run';
import { openLedger } from '../../../src/jobs/sqliteLedger';
import { testIo } from '../../fakes/io';
import { done, jobHeader } from '../../fakes/ledgers';
import { temporaryFolder } from '../../fakes/temporaryFolder';

// Whoever writes a job chooses its name: it must neither clear the screen nor write over the question.
const title = '\u001b[2J\u001b[1AHarmless';

test('the name of a job cannot steer the terminal when it is asked about', async () => {
  const io = testIo({ answers: ['y'] });
  const args = parseArguments([], globalOptions);
  const frontend = cliFrontend({ args, settings: readSettings(args, '/'), io }, undefined);
  const question = { title, danger: 'disruptive', computers: ['lab-01'], warnings: [`boot: ${title}`] } as const;
  expect(await frontend.confirm(question, new AbortController().signal)).toBe(true);
  expect(io.stderr).toBe('boot:  [2J [1AHarmless\n [2J [1AHarmless: 1 computer: lab-01. Go on? [y/N] ');
});

test('nor can that of a recorded run, whose targets are shown as far as they fit', async () => {
  using folder = temporaryFolder();
  mkdirSync(join(folder.path, '.sideband'));
  writeFileSync(join(folder.path, '.sideband', 'fleet.yaml'), 'version: 1\ncomputers: {}\n');
  const ledger = openLedger(join(folder.path, 'state', 'ledger.sqlite'));
  const targets = Array.from({ length: 100 }, (_, index) => `lab-${index}`).join(' ');
  const writer = await ledger.begin({ ...jobHeader(['lab-1']), folder: folder.path, title, targets });
  await writer.close(done('lab-1'));
  await writer.end('finished');
  ledger.dispose();
  const printed = async (...argv: readonly string[]): Promise<string> => {
    const io = testIo({ cwd: folder.path, env: { SIDEBAND_STATE: join(folder.path, 'state') } });
    expect(await run(['runs', ...argv], io)).toBe(0);
    return io.stdout;
  };
  expect(await printed('last')).toMatch(/^ \[2J \[1AHarmless on lab-0 lab-1 .* lab-99$/m);
  expect(await printed()).toMatch(
    / lab-0 lab-1 lab-2 lab-3 lab-4 lab-5 lab-6 lab-7 lab-8 lab-9… {2}finished {2}1 done$/m,
  );
});
