import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Fleet } from '../../../../src/fleet/fleet';
import { jobQuestion } from '../../../../src/jobs/planning/jobDanger';
import { formatJobPlan, formatJobPlanMarkdown, jobPlanToJson } from '../../../../src/jobs/planning/jobPlanText';
import { planJob } from '../../../../src/jobs/planning/planJob';
import { fakeComputer } from '../../../fakes/technology';
import {
  bootOverride,
  compiled,
  engine,
  equals,
  path,
  planFor,
  powerOn,
  powerRestore,
  powerStatus,
  step,
} from './testJob';

const fixture = (name: string): string =>
  readFileSync(new URL(`../../../fixtures/plans/${name}`, import.meta.url), 'utf8');

const patch = compiled(
  [
    step('wake', powerOn),
    step('boot', bootOverride, { with: { device: 'pxe', wipe: true } }),
    step('look', powerStatus, { condition: equals(path('steps', 'wake', 'outcome'), 'done') }),
  ],
  {
    name: 'Patch *window*',
    description: 'Boots the patch image once.',
    last: [step('back', powerRestore, { with: { from: 'wake' } })],
    inputs: { image: 'win|11', token: 'hidden' },
    strategy: { waves: [{ count: 1 }, { percent: 50 }], pauseMs: 0, spreadMs: 0 },
  },
);

function patchPlan() {
  const lab = Array.from({ length: 40 }, (_, index) =>
    fakeComputer(`lab-${String(index + 1).padStart(2, '0')}`, ['amt', 'ipmi']),
  );
  for (const computer of lab) computer.see({ power: 'off' });
  const awake = fakeComputer('desk', ['amt']);
  awake.see({ power: 'on' });
  const computers = [...lab, awake, fakeComputer('old-1', ['ipmi']), fakeComputer('\u001b[31mred|<b>\u202e', [])];
  const fleet = new Fleet({ computers, profiles: [], groups: new Map(), limits: Fleet.empty.limits });
  const policy = { maxTargets: 42, sites: {}, operations: ['boot.*'] };
  const plan = planJob(patch, { computers, targets: '@lab', technology: 'amt' }, { ...engine, fleet, policy });
  return { ...plan, refusals: [...plan.refusals, { rule: 'policy.yaml: maxTargets (9)', message: '41 | 9' }] };
}

test('for terminals each story is told once, with its computers', () => {
  expect(formatJobPlan(patchPlan())).toBe(fixture('patch.txt'));
});

test('the document says what is impossible and what disrupts before all steps, and nothing breaks out of it', () => {
  expect(formatJobPlanMarkdown(patchPlan())).toBe(fixture('patch.md'));
});

test('JSON has every computer and step', () => {
  const two = { ...patchPlan() };
  const computers = two.computers.filter(({ computer }) => ['lab-01', 'old-1'].includes(computer.name));
  expect(jobPlanToJson({ ...two, computers })).toEqual(JSON.parse(fixture('patch.json')));
});

test('a job without waves, inputs, and dangers is as short as that', () => {
  const plan = planFor(compiled([step('look', powerStatus)], { name: 'Look' }), [fakeComputer('desk', ['ipmi'])]);
  expect(formatJobPlan(plan)).toBe(
    `desk\n  look  power.status  by IPMI\nLook, 1 of 1 computers, safe\nfile: jobs/patch.yaml\ntargets: *\nplan ${plan.hash}\n`,
  );
  expect(formatJobPlanMarkdown(plan)).not.toContain('##  ');
  expect(formatJobPlanMarkdown(plan)).not.toContain('Impossible');
  expect(formatJobPlanMarkdown(plan)).not.toContain('disrupts');
});

test('the question names the worst danger, who is touched and what to know', () => {
  const { computers, ...question } = jobQuestion(patchPlan()) ?? { computers: [] };
  expect(computers).toHaveLength(41);
  expect(computers.at(-1)).toBe('desk');
  expect(question).toEqual({
    title: 'Patch *window*',
    danger: 'destructive',
    warnings: [
      'wake: Power On is disruptive, on 41 computers.',
      'boot: Boot Override is destructive, on 41 computers.',
      'back: Restore Power is disruptive, on 41 computers.',
      'boot: The disk is wiped.',
      '2 of 43 computers cannot do any step.',
    ],
  });
});

test('what is partly impossible is in the question', () => {
  const plan = planFor(patch, [fakeComputer('desk', ['ipmi'])]);
  expect(jobQuestion(plan)).toEqual({
    title: 'Patch *window*',
    danger: 'destructive',
    computers: ['desk'],
    warnings: [
      'wake: Power On is disruptive, on 1 computer.',
      'back: Restore Power is disruptive, on 1 computer.',
      '1 of 1 computers cannot do every step; the plan says why.',
    ],
  });
});

test('nothing is asked for what is safe, and where nothing is possible', () => {
  const look = compiled([step('look', powerStatus)]);
  expect(jobQuestion(planFor(look, [fakeComputer('desk', ['ipmi'])]))).toBeUndefined();
  expect(jobQuestion(planFor(patch, [fakeComputer('desk', [])]))).toBeUndefined();
});
