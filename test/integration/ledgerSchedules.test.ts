import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { openLedger } from '../../src/jobs/sqliteLedger';
import { bundle } from '../tools/bundle.mts';
import { done, jobHeader, ledgerKinds, sqliteWorld } from '../fakes/ledgers';
import { temporaryFolder } from '../fakes/temporaryFolder';

const at = (time: string): Date => new Date(`2026-11-28T${time}:00.000Z`);
const night = { folder: '/fleet', job: 'jobs/night.yaml' };
const due = (time: string) => ({ ...night, at: at(time) });

describe.each(ledgerKinds)('the schedules of the ledger of kind %s', (_, open) => {
  test('a time is claimed once', async () => {
    using world = open();
    const { schedules } = world.ledger;
    expect(await schedules.claim(due('02:00'))).toBe('claimed');
    expect(await schedules.claim(due('02:00'))).toBe('taken');
    expect(await schedules.claim({ ...due('02:00'), folder: '/other' })).toBe('claimed');
    expect(await schedules.claim({ ...due('02:00'), job: 'jobs/day.yaml' })).toBe('claimed');
  });

  test('while the run of the time before goes on, the next time is left out, and stays so', async () => {
    using world = open();
    const { schedules } = world.ledger;
    expect(await schedules.claim(due('02:00'))).toBe('claimed');
    const writer = await world.ledger.begin(jobHeader(['a'], '2026-11-28T02:00:00.000Z'));
    expect(await schedules.claim(due('03:00'))).toBe('overlaps');
    await writer.close(done('a'));
    await writer.end('finished');
    expect(await schedules.claim(due('03:00'))).toBe('taken');
    expect(await schedules.claim(due('04:00'))).toBe('claimed');
  });

  test('a claim whose run has yet to begin counts as going on, unless its process has died', async () => {
    using world = open();
    const { schedules } = world.ledger;
    expect(await schedules.claim(due('02:00'))).toBe('claimed');
    expect(await schedules.claim(due('03:00'))).toBe('overlaps');
    world.die();
    expect(await schedules.claim(due('04:00'))).toBe('claimed');
  });

  test('a run that died does not count as going on; it does again when it is resumed', async () => {
    using world = open();
    const { schedules } = world.ledger;
    expect(await schedules.claim(due('02:00'))).toBe('claimed');
    const { id } = await world.ledger.begin(jobHeader(['a'], '2026-11-28T02:00:00.000Z'));
    world.die();
    await world.ledger.resume(id);
    expect(await schedules.claim(due('03:00'))).toBe('overlaps');
    world.die();
    expect(await schedules.claim(due('04:00'))).toBe('claimed');
  });

  test('a run by hand keeps no schedule from running', async () => {
    using world = open();
    await world.ledger.begin(jobHeader(['a']));
    expect(await world.ledger.schedules.claim(due('02:00'))).toBe('claimed');
  });

  test('the time that was looked after never moves back', async () => {
    using world = open();
    const { schedules } = world.ledger;
    const { folder, job } = night;
    expect(await schedules.lookedAfter(folder, job)).toBeUndefined();
    await schedules.lookAfter(folder, job, at('02:00'));
    await schedules.lookAfter(folder, job, at('01:00'));
    expect(await schedules.lookedAfter(folder, job)).toEqual(new Date('2026-11-28T02:00:00.000Z'));
    await schedules.lookAfter(folder, job, at('03:00'));
    expect(await schedules.lookedAfter(folder, job)).toEqual(new Date('2026-11-28T03:00:00.000Z'));
    expect(await schedules.lookedAfter(folder, 'jobs/day.yaml')).toBeUndefined();
  });
});

test.each([
  [20_000, 'overlaps'],
  // Less than a minute: a run that was refused keeps the next minute from nothing.
  [31_000, 'claimed'],
  // A clock that was put back since.
  [-3_600_000, 'claimed'],
])('of a claim of %i ms ago without a run, the next time says %s', async (agoMs, claim) => {
  using world = sqliteWorld();
  const { schedules } = world.ledger;
  expect(await schedules.claim(due('02:00'))).toBe('claimed');
  const database = new DatabaseSync(world.file);
  const claimedAt = new Date(Date.now() - agoMs).toISOString();
  database.prepare('UPDATE schedules SET claimed_at = ?').run(claimedAt);
  database.close();
  expect(await schedules.claim(due('03:00'))).toBe(claim);
});

test('of two processes that claim the same times, each time goes to one', async () => {
  using folder = temporaryFolder();
  const file = join(folder.path, 'ledger.sqlite');
  const script = await bundle(
    `import { openLedger } from './src/jobs/sqliteLedger';
     const ledger = openLedger(process.argv[2]);
     void (async () => {
       const claims = [];
       for (let minute = 0; minute < 60; minute++) {
         // Each time is another job's, so that none overlaps.
         const due = { folder: '/fleet', job: 'job-' + minute, at: new Date(Date.UTC(2026, 10, 28, 2, minute)) };
         claims.push(await ledger.schedules.claim(due));
       }
       console.log(claims.join(' '));
       ledger.dispose();
     })();`,
    join(folder.path, 'claim.cjs'),
  );
  const claimed = await Promise.all(
    ['left', 'right'].map(async () => {
      const child = spawn(process.execPath, [script, file], { stdio: ['ignore', 'pipe', 'ignore'] });
      const [output, [code]] = await Promise.all([text(child.stdout), once(child, 'exit') as Promise<[number]>]);
      expect(code).toBe(0);
      return output.trim().split(' ');
    }),
  );
  const pairs = claimed[0]?.map((claim, index) => [claim, claimed[1]?.[index]].toSorted().join(' '));
  expect(pairs).toEqual(Array.from({ length: 60 }, () => 'claimed taken'));
}, 30_000);

test('a run in another process keeps the next time from running, until that process dies', async () => {
  using folder = temporaryFolder();
  const file = join(folder.path, 'ledger.sqlite');
  const script = await bundle(
    `import { openLedger } from './src/jobs/sqliteLedger';
     const ledger = openLedger(process.argv[2]);
     const dueAt = '2026-11-28T02:00:00.000Z';
     const header = { subject: 'jobs/night.yaml', title: 'x', danger: 'safe', parameters: {}, targets: '*', folder: '/fleet', planHash: '',
       computers: ['a'], job: { source: { file: 'jobs/night.yaml', texts: {}, inputs: {} }, steps: [], dueAt } };
     void (async () => {
       const claim = await ledger.schedules.claim({ folder: '/fleet', job: 'jobs/night.yaml', at: new Date(dueAt) });
       const { id } = await ledger.begin(header);
       console.log(claim + ' ' + id);
       setInterval(() => undefined, 1000);
     })();`,
    join(folder.path, 'run.cjs'),
  );
  const child = spawn(process.execPath, [script, file], { stdio: ['ignore', 'pipe', 'ignore'] });
  const gone = once(child, 'exit');
  const ledger = openLedger(file);
  try {
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    const [claim, id = ''] = line.toString().trim().split(' ');
    expect(claim).toBe('claimed');
    expect(await ledger.schedules.claim(due('02:00'))).toBe('taken');
    expect(await ledger.schedules.claim(due('03:00'))).toBe('overlaps');
    await expect(ledger.resume(id)).rejects.toMatchObject({ code: 'run.busy' });
    child.kill('SIGKILL');
    await gone;
    expect(await ledger.schedules.claim(due('04:00'))).toBe('claimed');
    await (await ledger.resume(id)).end('cancelled');
    expect(await ledger.run(id)).toMatchObject({ state: 'cancelled' });
  } finally {
    child.kill('SIGKILL');
    await gone;
    ledger.dispose();
  }
}, 30_000);
