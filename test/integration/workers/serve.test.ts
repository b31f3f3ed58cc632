import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { run } from '../../../src/cli/run';
import { IpmiSimulator } from '../../../src/simulators/ipmi/simulator';
import { openPostgresLedger } from '../../../src/workers/postgresLedger';
import { testIo } from '../../fakes/io';
import { temporaryFolder } from '../../fakes/temporaryFolder';
import { startPostgres } from '../../peers/postgres';

const job = `name: Look
targets: '*'
schedule: { cron: '* * * * *', timezone: Europe/Berlin, missed: once }
steps:
  - { uses: wait.for, with: { power: 'off', timeout: 2s }, continueOnError: true }
  - uses: power.off
finally:
  - uses: power.status
`;

test('who does the computers of his own run by schedule ends it, and what it does in any case, before he leaves', async () => {
  using folder = temporaryFolder();
  await using postgres = await startPostgres();
  await using simulator = await IpmiSimulator.start({ bmcs: [{ on: true }, { on: true }] });
  const url = await postgres.database();
  const files = join(folder.path, '.sideband');
  mkdirSync(join(files, 'jobs'), { recursive: true });
  const computers = simulator.bmcs.map(({ address, port }, index) => {
    return `  lab-0${index + 1}: { host: ${address}, ports: { ipmi: ${port} }, profile: bmc }\n`;
  });
  const fleet = `version: 1\nprofiles: { bmc: { ipmi: { user: admin } } }\ncomputers:\n${computers.join('')}`;
  writeFileSync(join(files, 'fleet.yaml'), fleet);
  writeFileSync(join(files, 'jobs', 'look.yaml'), job);

  await using ledger = openPostgresLedger(url);
  const key = '.sideband/jobs/look.yaml (* * * * *, Europe/Berlin)';
  await ledger.schedules.lookAfter(folder.path, key, new Date(Date.now() - 120_000));
  const env = { SIDEBAND_SECRET_BMC_IPMI: 'demo', SIDEBAND_STATE: join(folder.path, 'state'), SIDEBAND_DATABASE: url };
  const terminal = testIo({ cwd: folder.path, env });
  const ended = run(['serve'], terminal);
  await vi.waitFor(async () => {
    expect((await ledger.runs({ limit: 1 }))[0]?.counts).toEqual({ running: 2 });
  }, 10_000);
  terminal.interrupt();
  expect(await ended).toBe(0);
  expect(terminal.stdout).toContain('ending; waiting for 2 computers, 1 run; Ctrl-C again breaks off');
  expect(terminal.stderr).toBe('');

  const [{ id, state } = { id: '', state: '' }] = await ledger.runs({ limit: 1 });
  expect(state).toBe('cancelled');
  const steps = (await ledger.changes(id, 0))?.steps.map(({ step, outcome }) => `${step} ${outcome}`);
  expect(steps?.sort()).toEqual(['0 failed', '0 failed', '1 cancelled', '1 cancelled', '2 done', '2 done']);
}, 30_000);
