import { beforeEach, expect, test } from 'vitest';
import { SidebandError } from '../../../../src/base/errors';
import { silentLog } from '../../../../src/base/log';
import type { ReadPlanOptions } from '../../../../src/jobs/plan';
import type { JobPlan } from '../../../../src/jobs/planning/jobPlan';
import { readJobPlan } from '../../../../src/jobs/planning/readJobPlan';
import { FakeDevice, fakeComputer, fakeSessions } from '../../../fakes/technology';
import {
  bootOverride,
  compiled,
  devices,
  engine,
  lacksOfBoot,
  planFor,
  powerOff,
  powerOn,
  powerRestore,
  step,
} from './testJob';

/** Sessions are kept open between the steps of a visit, and closed after the test. */
async function read(plan: JobPlan, others: Partial<ReadPlanOptions> = {}, signal = never): Promise<JobPlan> {
  await using sessions = fakeSessions({ idleMs: 60_000 });
  return await readJobPlan(plan, { ...engine, sessions }, { log: silentLog, ...others }, signal);
}

const never = new AbortController().signal;
const wakeBootRestore = compiled(
  [step('wake', powerOn), step('boot', bootOverride, { with: { device: 'pxe' } }), step('sleep', powerOff)],
  { last: [step('back', powerRestore, { with: { from: 'wake' } })] },
);

function deviceOf(host: string, power: FakeDevice['power'] = 'off'): FakeDevice {
  const device = new FakeDevice();
  device.power = power;
  devices.set(host, device);
  return device;
}

const storyOf = (plan: JobPlan, index = 0) =>
  plan.computers[index]?.steps.map(({ now, nowAfter, then, unread, impossible, leftOut }) => ({
    ...(now !== undefined && { now }),
    ...(nowAfter !== undefined && { nowAfter }),
    ...(then !== undefined && { then }),
    ...(unread !== undefined && { unread }),
    ...(impossible !== undefined && { impossible }),
    ...(leftOut !== undefined && { leftOut }),
  }));

beforeEach(() => {
  devices.clear();
  lacksOfBoot.clear();
});

test('each computer is visited once, read, and changed by nothing', async () => {
  const device = deviceOf('lab-01');
  const plan = await read(planFor(wakeBootRestore, [fakeComputer('lab-01', ['amt'])]));
  expect(storyOf(plan)).toEqual([
    { now: 'off', then: 'on' },
    { now: 'disk', then: 'pxe' },
    { now: 'on', nowAfter: 'wake', then: 'off' },
    { now: 'off', nowAfter: 'sleep', then: 'as before wake' },
  ]);
  expect(device.calls).toEqual(['amt open', 'amt readPower']);
});

test('what a device lacks makes a step impossible, and leaves out those that need it', async () => {
  deviceOf('lab-01');
  lacksOfBoot.set('lab-01', 'its firmware boots nothing over the network');
  const before = planFor(wakeBootRestore, [fakeComputer('lab-01', ['amt'])]);
  const plan = await read(before);
  expect(storyOf(plan)).toEqual([
    { now: 'off', then: 'on' },
    { then: 'pxe', impossible: 'its firmware boots nothing over the network' },
    { leftOut: 'a step before it is impossible' },
    { now: 'on', nowAfter: 'wake', then: 'as before wake' },
  ]);
  expect(plan.computers[0]?.steps[1]?.ways).toEqual([]);
  expect(plan.hash).not.toBe(before.hash);
});

test('a technology that does not answer is asked once; the next one is read in its place', async () => {
  const device = deviceOf('lab-01', 'on');
  device.fail('open', new SidebandError('connect.refused', 'lab-01: nothing listens'));
  const plan = await read(planFor(wakeBootRestore, [fakeComputer('lab-01', ['amt'])]));
  const unread = 'lab-01: nothing listens';
  expect(storyOf(plan)).toEqual([
    { then: 'on', unread },
    { then: 'pxe', unread },
    { now: 'on', nowAfter: 'wake', then: 'off', unread },
    { now: 'off', nowAfter: 'sleep', then: 'as before wake', unread },
  ]);
  expect(device.calls).toEqual(['amt open']);

  const other = deviceOf('lab-02', 'on');
  other.failures.set('open', new SidebandError('connect.refused', 'lab-02: nothing listens'));
  const both = fakeComputer('lab-02', ['amt', 'ipmi']);
  const fallen = await read(planFor(compiled([step('wake', powerOn)]), [both]));
  expect(storyOf(fallen)).toEqual([{ then: 'on', unread: 'lab-02: nothing listens' }]);
  expect(other.calls).toEqual(['amt open', 'ipmi open']);
});

test('a login that several computers reject is left alone on the others', async () => {
  const computers = [1, 2, 3, 4, 5].map((number) => fakeComputer(`n${number}`, ['ipmi']));
  for (const { host } of computers) {
    deviceOf(host).fail('open', new SidebandError('auth.rejected', `${host}: wrong password`));
  }
  const plan = await read(planFor(compiled([step('wake', powerOn)]), computers), { concurrency: 1 });
  expect(plan.computers.map(({ computer, steps }) => [computer.name, steps[0]?.unread])).toEqual([
    ['n1', 'n1: wrong password'],
    ['n2', 'n2: wrong password'],
    ['n3', 'n3: wrong password'],
    ['n4', 'not tried: 3 computers rejected the ipmi login of profile lab and none accepted it'],
    ['n5', 'not tried: 3 computers rejected the ipmi login of profile lab and none accepted it'],
  ]);
  expect(devices.get('n4')?.calls).toEqual([]);
});

test('the job’s limit for a site holds for reading, too', async () => {
  const sites = compiled([step('wake', powerOn)], { strategy: { waves: [], pauseMs: 0, spreadMs: 0, perSite: 1 } });
  const computers = ['a', 'b', 'c'].map((name) => fakeComputer(name, ['ipmi'], { site: 'oslo' }));
  let open = 0;
  let most = 0;
  for (const { host } of computers) {
    const device = deviceOf(host);
    const call = device.call.bind(device);
    device.call = async (name, line) => {
      most = Math.max(most, ++open);
      await call(name, line);
      open--;
    };
  }
  const progressed: number[] = [];
  const onProgress = ({ done }: { readonly done: number }): void => void progressed.push(done);
  await read(planFor(sites, computers), { onProgress });
  expect(most).toBe(1);
  expect(progressed).toEqual([1, 2, 3]);
});

test('cancelled before it began, nobody is asked, and what is unread says so', async () => {
  const device = deviceOf('lab-01');
  const plan = await read(
    planFor(compiled([step('wake', powerOn)]), [fakeComputer('lab-01', ['ipmi'])]),
    {},
    AbortSignal.abort(),
  );
  expect(storyOf(plan)).toEqual([{ then: 'on', unread: 'cancelled before anything was asked of it' }]);
  expect(device.calls).toEqual([]);
});
