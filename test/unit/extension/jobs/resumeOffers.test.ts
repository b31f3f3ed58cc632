import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { silentLog } from '../../../../src/base/log';
import { LiveRuns } from '../../../../src/extension/jobs/liveRuns';
import { ResumeOffers } from '../../../../src/extension/jobs/resumeOffers';
import type { RunHeader } from '../../../../src/jobs/ledger';
import { memoryLedger } from '../../../fakes/ledger';
import { fake, resetFake } from '../../../fakes/vscode';

beforeEach(() => {
  resetFake();
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const day = 24 * 3600 * 1000;
const job = { source: { file: 'patch.yaml', texts: {}, inputs: {} }, steps: [] };
const header = {
  subject: 'patch.yaml',
  title: 'Patch',
  danger: 'disruptive',
  parameters: {},
  targets: '*',
  folder: '/fleet',
  planHash: '',
  computers: ['a', 'b', 'c'],
  job,
} as const satisfies RunHeader;

function stage() {
  const ledger = memoryLedger();
  const liveRuns = new LiveRuns();
  const remembered: unknown[] = [];
  let found = 0;
  const offers = new ResumeOffers({
    sources: () => [{ folder: '/fleet', ledger }],
    liveRuns,
    memory: { update: (key, value) => Promise.resolve(void remembered.push([key, value])) },
    log: silentLog,
    onFound: () => found++,
  });
  const look = async (): Promise<readonly string[]> => {
    fake.said = [];
    offers.look();
    await vi.advanceTimersByTimeAsync(0);
    return fake.said;
  };
  return { ledger, liveRuns, remembered, offers, look, found: () => found };
}

test('a run whose process died is offered once, with how far it came, and resumed at the press of a button', async () => {
  const { ledger, remembered, look, found } = stage();
  const writer = await ledger.begin(header);
  await writer.close({ computer: 'a', ok: true, outcome: 'already', durationMs: 0 });
  await writer.close({ computer: 'b', ok: false, outcome: 'failed', durationMs: 0 });
  ledger.die();
  fake.answers = ['Resume'];
  expect(await look()).toEqual(['Patch was interrupted: 1 of 3 computers are done.']);
  expect(fake.commands).toEqual([{ id: 'sideband.resumeRun', args: ['run-1'] }]);
  expect(remembered).toEqual([['sideband.unfinishedRuns', true]]);
  expect(await look()).toEqual([]);
  expect(found()).toBe(1);
});

test('its page can be opened instead', async () => {
  const { ledger, look } = stage();
  await ledger.begin(header);
  ledger.die();
  fake.answers = ['Open Run'];
  await look();
  expect(fake.commands).toEqual([{ id: 'sideband.openRun', args: ['run-1'] }]);
});

test('neither runs that ended, nor single operations, nor old ones, nor those of other folders are offered', async () => {
  const { ledger, remembered, look } = stage();
  const { job: _, ...operation } = header;
  const writer = await ledger.begin(header);
  await writer.end('cancelled');
  await ledger.begin(operation);
  await ledger.begin({ ...header, folder: '/elsewhere' });
  await ledger.begin(header);
  ledger.die();
  vi.setSystemTime(Date.now() + 7 * day + 1);
  expect(await look()).toEqual([]);
  expect(remembered).toEqual([['sideband.unfinishedRuns', false]]);
});

test('of many the newest three are offered', async () => {
  const { ledger, look } = stage();
  for (const title of ['one', 'two', 'three', 'four']) {
    await ledger.begin({ ...header, title });
    vi.setSystemTime(Date.now() + 1000);
  }
  ledger.die();
  expect((await look()).map((text) => text.split(' ')[0])).toEqual(['four', 'three', 'two']);
});

test('a process that is just ending is waited for, a while', async () => {
  const { ledger, look, offers } = stage();
  await ledger.begin(header);
  expect(await look()).toEqual([]);
  ledger.die();
  await vi.advanceTimersByTimeAsync(2000);
  expect(fake.said).toEqual(['Patch was interrupted: 0 of 3 computers are done.']);
  expect(vi.getTimerCount()).toBe(0);
  offers.dispose();
});

test('the waiting ends by itself, and with the window', async () => {
  const { ledger, look, offers } = stage();
  await ledger.begin(header);
  await look();
  await vi.advanceTimersByTimeAsync(60 * 60_000);
  expect(vi.getTimerCount()).toBe(0);
  await look();
  expect(vi.getTimerCount()).toBe(1);
  offers.dispose();
  expect(vi.getTimerCount()).toBe(0);
});

test('a run that goes on here is not waited for, and is remembered in case the window goes', async () => {
  const { ledger, liveRuns, remembered, look } = stage();
  const { id } = await ledger.begin(header);
  liveRuns.begin(id, {
    title: 'Patch',
    folder: '/fleet',
    windDown: () => undefined,
    stop: () => undefined,
    leave: () => Promise.resolve(),
  });
  await look();
  expect(vi.getTimerCount()).toBe(0);
  expect(remembered).toEqual([
    ['sideband.unfinishedRuns', true],
    ['sideband.unfinishedRuns', true],
  ]);
});

test('before trust nothing is offered', async () => {
  const { ledger, look } = stage();
  await ledger.begin(header);
  ledger.die();
  fake.trusted = false;
  expect(await look()).toEqual([]);
  fake.trusted = true;
  expect(await look()).toHaveLength(1);
});
