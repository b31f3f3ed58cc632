import { expect, test } from 'vitest';
import type { Computer } from '../../../../src/fleet/computer';
import { planStep, stepPlanner } from '../../../../src/jobs/planning/planStep';
import type { Facts } from '../../../../src/jobs/program/facts';
import { fakeComputer } from '../../../fakes/technology';
import { bootOverride, compiled, type Draft, engine, equals, path, powerOn, powerRestore, step } from './testJob';

function stepOf(draft: Draft) {
  const [first] = compiled([draft]).program.steps;
  if (!first) throw new Error('a step is expected');
  return first;
}

const facts = (computer: Computer, others: Partial<Facts> = {}): Facts => ({
  inputs: {},
  computer,
  steps: new Map(),
  failed: false,
  cancelled: false,
  at: 'plan',
  ...others,
});

const both = fakeComputer('lab-01', ['ipmi', 'amt'], { site: 'oslo' });
const byIpmi = fakeComputer('lab-02', ['ipmi']);
const plan = (draft: Draft, computer = both, others: Partial<Facts> = {}, technology?: string) => {
  const { step: _, ways, ...rest } = planStep(stepOf(draft), computer, facts(computer, others), engine, technology);
  return { ...rest, ways: ways.map((way) => way.technology) };
};

test('the ways are those of the operation for the parameters, with the reason', () => {
  expect(plan(step('wake', powerOn))).toEqual({
    ways: ['amt', 'ipmi'],
    why: 'AMT, then IPMI',
    parameters: { timeoutMs: 1000 },
    then: 'on',
    depends: [],
  });
  expect(plan(step('wake', powerOn), both, {}, 'ipmi')).toMatchObject({ ways: ['ipmi'], why: 'by IPMI' });
  expect(plan(step('boot', bootOverride, { with: { device: 'disk' } }))).toMatchObject({
    ways: [],
    why: 'impossible',
    impossible: 'AMT boots no disk',
  });
  expect(plan(step('boot', bootOverride, { with: { device: 'pxe' } }), byIpmi)).toMatchObject({
    ways: [],
    impossible: 'Boot Override is offered by AMT; the computer’s profile has: ipmi',
  });
});

test('a mistake in resolved parameters makes the step impossible, and says which', () => {
  const boot = step('boot', bootOverride, { with: { device: '${{ inputs.device }}' } });
  expect(plan(boot, both, { inputs: { device: 'pxee' } })).toEqual({
    ways: [],
    why: 'impossible',
    impossible: 'boot.override: parameter device: one of pxe, disk is expected. Did you mean "pxe"?',
    depends: [],
  });
  expect(plan(boot, both, { inputs: { device: 'pxe' } })).toMatchObject({ then: 'pxe', ways: ['amt'] });
});

test('parameters that only the run can tell leave every technology open, and no state', () => {
  const boot = step('boot', bootOverride, { with: { device: '${{ steps.fetch.outputs.device }}' } });
  expect(plan(boot)).toEqual({ ways: ['amt'], why: 'by AMT', depends: ['device: from steps.fetch'] });
  expect(plan(boot, byIpmi)).toMatchObject({
    impossible: 'Boot Override is offered by AMT; the computer’s profile has: ipmi',
  });
  const steps = new Map([['fetch', { outcome: 'done', value: { device: 'pxe' } } as const]]);
  expect(plan(boot, both, { at: 'run', steps })).toMatchObject({
    parameters: { device: 'pxe', wipe: false },
    depends: [],
  });
});

test('what its condition certainly forbids is left out; what only the run can tell is told', () => {
  const inOslo = step('wake', powerOn, { condition: equals(path('computer', 'site'), 'oslo') });
  expect(plan(inOslo)).toMatchObject({ ways: ['amt', 'ipmi'], depends: [] });
  expect(plan(inOslo, byIpmi)).toEqual({
    ways: [],
    why: 'left out',
    leftOut: "its condition does not hold: computer.site == 'oslo'",
    depends: [],
  });
  const afterFetch = step('wake', powerOn, { condition: equals(path('steps', 'fetch', 'outcome'), 'done') });
  expect(plan(afterFetch)).toMatchObject({ depends: ["if steps.fetch.outcome == 'done'"] });
  expect(plan(inOslo, both, { failed: true })).toMatchObject({ leftOut: 'a step before it is impossible' });
});

test('what goes on from an earlier step leads to the state before that', () => {
  expect(plan(step('back', powerRestore, { with: { from: 'wake' } }))).toMatchObject({
    ways: ['amt', 'ipmi'],
    then: 'as before wake',
  });
});

test('the power that was last seen is the state of what changes the power', () => {
  const seen = fakeComputer('lab-03', ['ipmi']);
  seen.see({ power: 'off' });
  expect(plan(step('wake', powerOn), seen)).toMatchObject({ now: 'off', then: 'on' });
});

test('computers that are alike share one plan', () => {
  const planner = stepPlanner(stepOf(step('wake', powerOn)), engine);
  const one = fakeComputer('lab-04', ['ipmi']);
  const other = fakeComputer('lab-05', ['ipmi']);
  const third = fakeComputer('lab-06', ['amt']);
  const first = planner(one, facts(one), []);
  expect(planner(other, facts(other), [])).toBe(first);
  expect(planner(third, facts(third), [])).not.toBe(first);
  other.see({ power: 'off' });
  expect(planner(other, facts(other), [])).not.toBe(first);
  expect(planner(one, facts(one), ['if x'])).toMatchObject({ depends: ['if x'] });
});
