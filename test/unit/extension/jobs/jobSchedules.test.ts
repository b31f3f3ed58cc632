import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { JobSchedules } from '../../../../src/extension/jobs/jobSchedules';
import { settle } from '../../jobs/running/drive';
import { fake, resetFake } from '../../../fakes/vscode';
import { type JobStage, jobStage } from './stage';

beforeEach(() => {
  resetFake();
  vi.useFakeTimers({ now: new Date('2026-06-01T10:00:30Z') });
});
afterEach(() => {
  vi.useRealTimers();
});

const often =
  "name: Often\ntargets: '*'\nschedule: { cron: '*/5 * * * *', timezone: UTC }\nsteps:\n  - uses: power.off\n";
const never = "name: Never\ntargets: '*'\nsteps:\n  - uses: power.off\n";

function schedulesOf(stage: JobStage) {
  const said: string[] = [];
  const schedules = new JobSchedules({
    app: stage.session.app,
    log: stage.log,
    liveRuns: stage.liveRuns,
    audience: {
      begin: (id, title) => said.push(`begin ${id} ${title}`),
      end: (id, report) =>
        said.push(`end ${id} ${report?.results.map(({ outcome }) => outcome).join(' ') ?? 'nowhere'}`),
      fail: (message) => said.push(message),
    },
  });
  return { schedules, said };
}

/** Lets the clock go on, and the work that reads files meanwhile. */
async function pass(minutes: number, until: () => boolean): Promise<void> {
  await vi.advanceTimersByTimeAsync(minutes * 60_000);
  while (!until()) {
    await vi.advanceTimersByTimeAsync(1);
    await settle();
  }
}

test('a job that is due is run once, without a question, where it can be cancelled; others are left alone', async () => {
  using stage = jobStage({ 'often.yaml': often, 'never.yaml': never });
  const { schedules, said } = schedulesOf(stage);
  await using _ = schedules;
  await schedules.reload();
  expect(schedules.scheduling).toBe('on');
  const live: boolean[] = [];
  stage.liveRuns.onDidChange(() => live.push(stage.liveRuns.isLive('run-1')));
  await pass(5, () => said.length === 2);
  expect(said).toEqual(['begin run-1 Often', 'end run-1 done']);
  expect(live).toEqual([true, false]);
  expect(fake.asked).toEqual([]);
  expect(stage.ledger.headers).toMatchObject([
    { subject: '.sideband/jobs/often.yaml', job: { dueAt: '2026-06-01T10:05:00.000Z' } },
  ]);
  expect(stage.devices.get('lab-01')?.power).toBe('off');
});

test('the job is read again when it is due', async () => {
  using stage = jobStage({ 'often.yaml': often });
  const { schedules, said } = schedulesOf(stage);
  await using _ = schedules;
  await schedules.reload();
  stage.write('often.yaml', `${often}x: 1\n`);
  await pass(5, () => said.length > 0);
  expect(said).toEqual([expect.stringMatching(/often\.yaml: the run for .* failed: .*"x" is not known here/)]);
  expect(stage.ledger.lines.filter((line) => line.startsWith('begin'))).toEqual([]);
});

test.each([
  ['off', { settings: { schedules: 'off' } }],
  ['untrusted', { trusted: false }],
] as const)('nothing is run while schedules are %s', async (scheduling, how) => {
  using stage = jobStage({ 'often.yaml': often });
  const { schedules, said } = schedulesOf(stage);
  await using _ = schedules;
  Object.assign(fake, how);
  await schedules.reload();
  expect(schedules.scheduling).toBe(scheduling);
  await vi.advanceTimersByTimeAsync(600_000);
  expect([said, stage.ledger.lines]).toEqual([[], []]);
});

test('it can be switched off while it goes on', async () => {
  using stage = jobStage({ 'often.yaml': often });
  const { schedules, said } = schedulesOf(stage);
  await using _ = schedules;
  await schedules.reload();
  fake.settings = { schedules: 'off' };
  await schedules.reload();
  expect(schedules.scheduling).toBe('off');
  await vi.advanceTimersByTimeAsync(600_000);
  expect(said).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
});

test('without schedules nothing waits', async () => {
  using stage = jobStage({ 'never.yaml': never });
  const { schedules } = schedulesOf(stage);
  await schedules.reload();
  expect(schedules.scheduling).toBe('none');
  expect(vi.getTimerCount()).toBe(0);
});
