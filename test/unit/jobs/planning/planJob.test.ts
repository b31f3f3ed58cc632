import { expect, test } from 'vitest';
import { Fleet } from '../../../../src/fleet/fleet';
import { planJob } from '../../../../src/jobs/planning/planJob';
import type { JobPlan } from '../../../../src/jobs/planning/jobPlan';
import { windowRefusals } from '../../../../src/jobs/planning/windows';
import { fakeComputer } from '../../../fakes/technology';
import {
  bootOverride,
  compiled,
  engine,
  equals,
  path,
  planFor,
  powerOff,
  powerOn,
  powerRestore,
  powerStatus,
  step,
} from './testJob';

const lab01 = fakeComputer('lab-01', ['ipmi']);
const lab02 = fakeComputer('lab-02', ['amt']);
const none = fakeComputer('none', []);
const toPxe = { with: { device: 'pxe' } };
const fromWake = { with: { from: 'wake' } };
const wakeAndBoot = compiled([step('wake', powerOn), step('boot', bootOverride, toPxe), step('look', powerStatus)], {
  last: [step('back', powerRestore, fromWake)],
});

const storyOf = (plan: JobPlan, index = 0) =>
  plan.computers[index]?.steps.map(({ step: { id }, ways, leftOut, impossible }) => [
    id,
    leftOut ?? impossible ?? ways.map((way) => way.technology).join(),
  ]);
const changesOf = (plan: JobPlan) => plan.computers[0]?.steps.map(({ now, nowAfter, then }) => [now, nowAfter, then]);

test('after an impossible step the others are left out, and `finally` is done where anything began', () => {
  expect(storyOf(planFor(wakeAndBoot, [lab02]))).toEqual([
    ['wake', 'amt'],
    ['boot', 'amt'],
    ['look', 'amt'],
    ['back', 'amt'],
  ]);
  expect(storyOf(planFor(wakeAndBoot, [lab01]))).toEqual([
    ['wake', 'ipmi'],
    ['boot', 'Boot Override is offered by AMT; the computer’s profile has: ipmi'],
    ['look', 'a step before it is impossible'],
    ['back', 'ipmi'],
  ]);
  expect(storyOf(planFor(wakeAndBoot, [none]))).toEqual([
    ['wake', 'Power On is offered by AMT, IPMI; the computer’s profile has: none'],
    ['boot', 'a step before it is impossible'],
    ['look', 'a step before it is impossible'],
    ['back', 'nothing is begun before it'],
  ]);
});

test('an impossible step whose errors do not count, or which may be left out, stops nothing', () => {
  const goesOn = compiled([step('boot', bootOverride, { ...toPxe, continueOnError: true }), step('look', powerStatus)]);
  expect(storyOf(planFor(goesOn, [lab01]))?.[1]).toEqual(['look', 'ipmi']);
  const condition = equals(path('steps', 'look', 'outputs', 'power'), 'on');
  const perhaps = compiled([
    step('look', powerStatus),
    step('boot', bootOverride, { ...toPxe, condition }),
    step('again', powerStatus),
  ]);
  expect(storyOf(planFor(perhaps, [lab01]))?.[2]).toEqual(['again', 'ipmi']);
});

test('what an impossible step comes to is not certain in `finally`: a run may be cancelled before it', () => {
  const condition = equals(path('steps', 'boot', 'outcome'), 'cancelled');
  const job = compiled([step('look', powerStatus), step('boot', bootOverride, toPxe)], {
    last: [step('tidy', powerOff, { condition })],
  });
  const plan = planFor(job, [lab01]);
  expect(storyOf(plan)?.[2]).toEqual(['tidy', 'ipmi']);
  expect(plan.computers[0]?.steps[2]?.depends).toEqual(["if steps.boot.outcome == 'cancelled'"]);
});

test('called jobs are left out as one, depend as one, and fail as one step', () => {
  const called = [step('wake', powerOn), step('boot', bootOverride, toPxe)];
  const job = compiled([
    { id: 'prepare', steps: called, condition: equals(path('computer', 'name'), 'lab-01') },
    step('look', powerStatus),
  ]);
  expect(storyOf(planFor(job, [lab02]))).toEqual([
    ['prepare/wake', "its condition does not hold: computer.name == 'lab-01'"],
    ['prepare/boot', "its condition does not hold: computer.name == 'lab-01'"],
    ['look', 'amt'],
  ]);
  expect(storyOf(planFor(job, [lab01]))).toEqual([
    ['prepare/wake', 'ipmi'],
    ['prepare/boot', 'Boot Override is offered by AMT; the computer’s profile has: ipmi'],
    ['look', 'a step before it is impossible'],
  ]);
  const condition = equals(path('steps', 'look', 'outcome'), 'done');
  const perhaps = compiled([
    step('look', powerStatus),
    { id: 'prepare', steps: called, condition },
    step('end', powerStatus),
  ]);
  const plan = planFor(perhaps, [lab01]);
  expect(plan.computers[0]?.steps[1]?.depends).toEqual(["if steps.look.outcome == 'done'"]);
  expect(storyOf(plan)?.[3]).toEqual(['end', 'ipmi']);
});

test('what an earlier step is to change is the state that a later one finds', () => {
  const seen = fakeComputer('lab-03', ['ipmi']);
  seen.see({ power: 'off' });
  const job = compiled([step('wake', powerOn), step('again', powerOn), step('sleep', powerOff)], {
    last: [step('back', powerRestore, fromWake)],
  });
  expect(changesOf(planFor(job, [seen]))).toEqual([
    ['off', undefined, 'on'],
    ['on', 'wake', 'on'],
    ['on', 'wake', 'off'],
    ['off', 'sleep', 'as before wake'],
  ]);
});

test('what is so already, or impossible, changes nothing for the later ones, and what may be left out leaves them uncertain', () => {
  const seen = fakeComputer('lab-03', ['ipmi']);
  seen.see({ power: 'on' });
  const already = compiled([step('wake', powerOn), step('sleep', powerOff)]);
  expect(changesOf(planFor(already, [seen]))).toEqual([
    ['on', undefined, 'on'],
    ['on', undefined, 'off'],
  ]);
  const condition = equals(path('steps', 'look', 'outcome'), 'done');
  const perhaps = compiled([step('look', powerStatus), step('sleep', powerOff, { condition }), step('wake', powerOn)]);
  expect(changesOf(planFor(perhaps, [seen]))).toEqual([
    [undefined, undefined, undefined],
    ['on', undefined, 'off'],
    [undefined, 'sleep', 'on'],
  ]);
});

test('waves are numbers of computers', () => {
  const waves = compiled([step('wake', powerOn)], {
    strategy: { waves: [{ count: 1 }, { percent: 50 }], pauseMs: 0, spreadMs: 0 },
  });
  const computers = [1, 2, 3, 4, 5, 6].map((number) => fakeComputer(`n${number}`, ['ipmi']));
  expect(planFor(waves, computers).waves).toEqual([1, 2, 3]);
});

test('the policy is asked for each operation over the computers on which it is possible, and says the same once', () => {
  const policy = { maxTargets: 1, sites: {}, operations: ['power.*', 'boot.*'] };
  const fleet = new Fleet({ computers: [lab01, lab02], profiles: [], groups: new Map(), limits: Fleet.empty.limits });
  const plan = (steps: Parameters<typeof compiled>[0]) =>
    planJob(compiled(steps), { computers: [lab01, lab02], targets: '*' }, { ...engine, fleet, policy });
  const refusal = { rule: 'policy.yaml: maxTargets (1)', message: '2 computers are more than 1' };
  expect(plan([step('wake', powerOn), step('sleep', powerOff)]).refusals).toEqual([refusal]);
  // Only one of the two can boot, and looking is safe.
  expect(plan([step('boot', bootOverride, toPxe), step('look', powerStatus)]).refusals).toEqual([]);
});

test('outside the job’s own windows it is refused, with the hours', () => {
  const job = compiled([step('wake', powerOn)], {
    windows: [
      { days: ['sat'], from: 20 * 60, to: 4 * 60, timezone: 'Europe/Berlin' },
      { from: 12 * 60, to: 13 * 60 + 30, timezone: 'UTC' },
    ],
  });
  // A Saturday.
  expect(windowRefusals(job, new Date('2026-03-07T21:00:00Z'))).toEqual([]);
  expect(windowRefusals(job, new Date('2026-03-06T12:30:00Z'))).toEqual([]);
  expect(windowRefusals(job, new Date('2026-03-06T21:00:00Z'))).toEqual([
    {
      rule: 'jobs/patch.yaml: windows',
      message: 'it is allowed from 20:00 to 04:00 on sat, Europe/Berlin; or from 12:00 to 13:30, UTC',
    },
  ]);
  expect(windowRefusals(compiled([]), new Date())).toEqual([]);
});

test('the hash is that of the same plan, and of no other', () => {
  const first = planFor(wakeAndBoot, [lab01, lab02]);
  expect(first.hash).toMatch(/^[0-9a-f]{12}$/);
  expect(planFor(wakeAndBoot, [lab01, lab02]).hash).toBe(first.hash);
  const { source } = wakeAndBoot;
  const waves = { waves: [{ count: 1 }], pauseMs: 0, spreadMs: 0 };
  const others = [
    planFor(wakeAndBoot, [lab01]),
    planFor(wakeAndBoot, [lab02, lab01]),
    planFor(wakeAndBoot, [fakeComputer('lab-01', ['ipmi', 'amt']), lab02]),
    planFor({ ...wakeAndBoot, source: { ...source, inputs: { image: 'a' } } }, [lab01, lab02]),
    planFor({ ...wakeAndBoot, source: { ...source, texts: { 'jobs/patch.yaml': 'name: Other' } } }, [lab01, lab02]),
    planFor({ ...wakeAndBoot, job: { ...wakeAndBoot.job, strategy: waves } }, [lab01, lab02]),
  ];
  const seen = fakeComputer('lab-01', ['ipmi']);
  seen.see({ power: 'off' });
  others.push(planFor(wakeAndBoot, [seen, lab02]));
  expect(new Set([first, ...others].map(({ hash }) => hash)).size).toBe(8);
});

test('the order of texts and inputs is not part of it', () => {
  const withTexts = (texts: Readonly<Record<string, string>>, inputs: Readonly<Record<string, string>>) =>
    planFor({ ...wakeAndBoot, source: { ...wakeAndBoot.source, texts, inputs } }, [lab01]).hash;
  expect(withTexts({ a: '1', b: '2' }, { x: '1', y: '2' })).toBe(withTexts({ b: '2', a: '1' }, { y: '2', x: '1' }));
  expect(withTexts({ a: '1', b: '2' }, { x: '1', y: '2' })).not.toBe(withTexts({ a: '2', b: '1' }, { x: '1', y: '2' }));
});
