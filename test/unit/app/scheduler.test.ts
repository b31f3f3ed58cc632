import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { describeNotice, type ScheduledJob } from '../../../src/app/scheduleNotice';
import { type Clock, Scheduler } from '../../../src/app/scheduler';
import { SidebandError } from '../../../src/base/errors';
import type { ScheduleStore } from '../../../src/jobs/schedule/scheduleStore';
import { testLedger } from '../../fakes/ledger';

const minuteMs = 60_000;

function job(
  cron: string,
  options: { missed?: 'skip' | 'once'; windows?: ScheduledJob['windows'] } = {},
): ScheduledJob {
  const { missed = 'skip', windows = [] } = options;
  const file = '.sideband/jobs/patch.yaml';
  return { file, title: 'Patch', schedule: { cron, timezone: 'UTC', missed }, windows };
}

interface Started extends AsyncDisposable {
  readonly scheduler: Scheduler<ScheduledJob>;
  readonly runs: readonly string[];
  readonly notices: readonly string[];
}

function start(
  schedules: ScheduleStore,
  jobs: readonly ScheduledJob[],
  options: { work?: (dueAt: Date) => Promise<void>; clock?: Clock } = {},
): Started {
  const { work = () => Promise.resolve(), clock } = options;
  const runs: string[] = [];
  const notices: string[] = [];
  const scheduler = new Scheduler<ScheduledJob>({
    folder: '/site',
    schedules,
    run: (_, dueAt) => {
      runs.push(dueAt.toISOString().slice(11, 16));
      return work(dueAt);
    },
    tell: (notice) => {
      notices.push(describeNotice(notice));
    },
    ...(clock && { clock }),
  });
  scheduler.reload(jobs);
  return { scheduler, runs, notices, [Symbol.asyncDispose]: () => scheduler[Symbol.asyncDispose]() };
}

const untilAborted = (signal: AbortSignal) =>
  new Promise<void>((done) => {
    signal.addEventListener('abort', () => {
      done();
    });
  });
const pass = (minutes: number) => vi.advanceTimersByTimeAsync(minutes * minuteMs);

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-06-01T10:00:30Z') });
});

afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

test('runs a job each time it is due, and nothing before somebody looked after it', async () => {
  await using started = start(testLedger().schedules, [job('*/2 * * * *')]);
  await pass(1);
  expect(started.runs).toEqual([]);
  await pass(6);
  expect(started.runs).toEqual(['10:02', '10:04', '10:06']);
  expect(started.notices).toEqual([]);
});

test('tells what is due next, the soonest first', async () => {
  const nightly = { ...job('0 2 * * *'), file: '.sideband/jobs/nightly.yaml' };
  await using started = start(testLedger().schedules, [nightly, job('*/2 * * * *')]);
  expect(started.scheduler.upcoming().map(({ job: { file }, at }) => [file, at.toISOString()])).toEqual([
    ['.sideband/jobs/patch.yaml', '2026-06-01T10:02:00.000Z'],
    ['.sideband/jobs/nightly.yaml', '2026-06-02T02:00:00.000Z'],
  ]);
});

test('never waits longer than a minute, for clocks are put', async () => {
  const waits: number[] = [];
  let now = Date.parse('2026-06-01T10:00:30Z');
  const clock: Clock = {
    now: () => new Date(now),
    wait: (ms, signal) => {
      waits.push(ms);
      now += ms;
      return waits.length < 4 ? Promise.resolve() : untilAborted(signal);
    },
  };
  await using started = start(testLedger().schedules, [job('2 10 1 6 *'), job('0 0 1 1 *')], { clock });
  await vi.waitUntil(() => waits.length === 4);
  expect(waits).toEqual([60_000, 30_000, 60_000, 60_000]);
  expect(started.runs).toEqual(['10:02']);
});

test('leaves out what was missed while nobody was there, and says so once', async () => {
  const { schedules } = testLedger();
  const first = start(schedules, [job('*/30 * * * *')]);
  await pass(1);
  await first[Symbol.asyncDispose]();
  vi.setSystemTime('2026-06-01T12:15:00Z');
  await using second = start(schedules, [job('*/30 * * * *')]);
  await pass(20);
  expect(second.runs).toEqual(['12:30']);
  expect(second.notices).toEqual([
    '.sideband/jobs/patch.yaml: missed 4 times, the last one Mon 2026-06-01 12:00 UTC; left out',
  ]);
});

const hourly = '.sideband/jobs/patch.yaml (45 * * * *, UTC)';

test('runs once for all that was missed', async () => {
  const { schedules } = testLedger();
  await schedules.lookAfter('/site', hourly, new Date('2026-06-01T07:30:00Z'));
  await using started = start(schedules, [job('45 * * * *', { missed: 'once' })]);
  await pass(46);
  expect(started.runs).toEqual(['09:45', '10:45']);
  expect(started.notices).toEqual([
    '.sideband/jobs/patch.yaml: missed 3 times, the last one Mon 2026-06-01 09:45 UTC; one run stands for it',
  ]);
});

test('makes up for nothing outside the windows of the job', async () => {
  const { schedules } = testLedger();
  await schedules.lookAfter('/site', hourly, new Date('2026-06-01T09:30:00Z'));
  const windows = [{ from: 11 * 60, to: 12 * 60, timezone: 'UTC' }];
  await using started = start(schedules, [job('45 * * * *', { missed: 'once', windows })]);
  await pass(5);
  expect(started.runs).toEqual([]);
  expect(started.notices.slice(1)).toEqual([
    '.sideband/jobs/patch.yaml: no run for Mon 2026-06-01 09:45 UTC: it is outside the job’s windows; a window opens Mon 2026-06-01 11:00 UTC',
  ]);
});

test('what is a moment late is on time, also where missed times are left out', async () => {
  const { schedules } = testLedger();
  await schedules.lookAfter('/site', '.sideband/jobs/patch.yaml (0 * * * *, UTC)', new Date('2026-06-01T09:30:00Z'));
  await using started = start(schedules, [job('0 * * * *')]);
  await pass(1);
  expect(started.runs).toEqual(['10:00']);
  expect(started.notices).toEqual([]);
});

test('a clock that jumps forwards, or a computer that slept, has missed times', async () => {
  await using started = start(testLedger().schedules, [job('*/30 * * * *')]);
  await pass(5);
  vi.setSystemTime('2026-06-01T11:10:00Z');
  await pass(25);
  expect(started.runs).toEqual(['11:30']);
  expect(started.notices).toEqual([
    '.sideband/jobs/patch.yaml: missed 2 times, the last one Mon 2026-06-01 11:00 UTC; left out',
  ]);
});

test('what another process did meanwhile is not missed', async () => {
  const { schedules } = testLedger();
  await using started = start(schedules, [job('*/30 * * * *', { missed: 'once' })]);
  await pass(5);
  vi.setSystemTime('2026-06-01T11:10:00Z');
  await schedules.lookAfter('/site', '.sideband/jobs/patch.yaml (*/30 * * * *, UTC)', new Date('2026-06-01T11:00:00Z'));
  await pass(10);
  expect([started.runs, started.notices]).toEqual([[], []]);
});

test('a clock that is put back repeats nothing', async () => {
  await using started = start(testLedger().schedules, [job('*/2 * * * *')]);
  await pass(5);
  vi.setSystemTime('2026-06-01T10:01:00Z');
  await pass(7);
  expect(started.runs).toEqual(['10:02', '10:04', '10:06', '10:08']);
});

test('a clock that was wrong for a while has not looked after the future', async () => {
  const { schedules } = testLedger();
  await schedules.lookAfter('/site', hourly, new Date('2031-06-01T10:00:00Z'));
  await using started = start(schedules, [job('45 * * * *')]);
  await pass(45);
  expect(started.runs).toEqual(['10:45']);
});

test('a run that still goes on leaves out the next time', async () => {
  const work = () => new Promise<void>((done) => setTimeout(done, 3 * minuteMs));
  await using started = start(testLedger().schedules, [job('*/2 * * * *')], { work });
  await pass(7);
  expect(started.runs).toEqual(['10:02', '10:06']);
  expect(started.notices).toEqual([
    '.sideband/jobs/patch.yaml: no run for Mon 2026-06-01 10:04 UTC: the one before still goes on',
  ]);
  const ended = started[Symbol.asyncDispose]();
  await pass(3);
  await ended;
});

test('a run that fails is told, and the next one begins', async () => {
  const work = () => Promise.reject(new SidebandError('policy.refused', 'it is allowed from 20:00 to 06:00'));
  await using started = start(testLedger().schedules, [job('*/2 * * * *')], { work });
  await pass(4);
  expect(started.runs).toEqual(['10:02', '10:04']);
  expect(started.notices[1]).toBe(
    '.sideband/jobs/patch.yaml: the run for Mon 2026-06-01 10:04 UTC failed: it is allowed from 20:00 to 06:00',
  );
});

test('what cannot be claimed for now is tried again, and told once', async () => {
  const { schedules } = testLedger();
  let isFull = false;
  const claims: string[] = [];
  const flaky: ScheduleStore = {
    claim: (due) => {
      claims.push(due.at.toISOString().slice(11, 16));
      if (isFull) return Promise.reject(new SidebandError('ledger.unavailable', 'the disk is full'));
      return schedules.claim(due);
    },
    lookedAfter: (folder, key) => schedules.lookedAfter(folder, key),
    lookAfter: (folder, key, until) => schedules.lookAfter(folder, key, until),
  };
  await using started = start(flaky, [job('*/2 * * * *')]);
  await pass(1);
  isFull = true;
  await vi.advanceTimersByTimeAsync(55_000);
  isFull = false;
  await pass(2);
  expect(claims).toEqual(['10:02', '10:02', '10:02', '10:02', '10:04']);
  expect(started.runs).toEqual(['10:02', '10:04']);
  expect(started.notices).toEqual(['.sideband/jobs/patch.yaml: its schedule waits for the ledger: the disk is full']);
});

test('several processes with one ledger run each time once', async () => {
  const { schedules } = testLedger();
  await using one = start(schedules, [job('* * * * *')]);
  await using other = start(schedules, [job('* * * * *')]);
  await pass(4);
  expect([...one.runs, ...other.runs].sort()).toEqual(['10:01', '10:02', '10:03', '10:04']);
  expect([...one.notices, ...other.notices]).toEqual([]);
});

test('files that change are looked after as they are now', async () => {
  const ledger = testLedger();
  await using started = start(ledger.schedules, [job('*/2 * * * *')]);
  await pass(3);
  started.scheduler.reload([]);
  await pass(3);
  expect(started.runs).toEqual(['10:02']);
  // Another schedule in the same file: its earlier times were never looked after.
  started.scheduler.reload([job('5,10 * * * *', { missed: 'once' })]);
  await pass(4);
  expect(started.runs).toEqual(['10:02', '10:10']);
  expect(started.notices).toEqual([]);
});

test('its end waits for the runs under way, and begins nothing else', async () => {
  const work = () => new Promise<void>((done) => setTimeout(done, 5 * minuteMs));
  const started = start(testLedger().schedules, [job('*/2 * * * *')], { work });
  await pass(2);
  let hasEnded = false;
  const ended = started[Symbol.asyncDispose]().then(() => {
    hasEnded = true;
  });
  await pass(4);
  expect([started.runs, hasEnded]).toEqual([['10:02'], false]);
  await pass(1);
  await ended;
  expect(started.runs).toEqual(['10:02']);
});
