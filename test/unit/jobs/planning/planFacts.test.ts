import { expect, test } from 'vitest';
import { comparePlans, storedPlan } from '../../../../src/jobs/planning/planFacts';
import { inventoryRead } from '../../../../src/operations/inventory/read';
import { fakeComputer } from '../../../fakes/technology';
import { bootOverride, compiled, equals, path, planFor, powerOn, powerRestore, powerStatus, step } from './testJob';

function lab(name: string, power: 'on' | 'off' = 'off', host = name) {
  const computer = fakeComputer(name, ['ipmi']);
  computer.see({ power });
  return host === name ? computer : Object.assign(computer, { host });
}

const wake = compiled([step('wake', powerOn)], { inputs: { image: 'a', password: 'first' } });
const planned = (computers: readonly ReturnType<typeof lab>[], job = wake) => planFor(job, computers);

test('a stored plan has a line for each fact', () => {
  const condition = equals(path('steps', 'wake', 'outcome'), 'done');
  const job = compiled(
    [
      step('wake', powerOn),
      step('boot', bootOverride, { with: { device: 'pxe' }, continueOnError: true }),
      step('look', powerStatus, { condition }),
    ],
    {
      last: [step('back', powerRestore, { with: { from: 'wake' } })],
      inputs: { image: 'a', password: 'first' },
      strategy: { waves: [{ count: 1 }], pauseMs: 0, spreadMs: 0 },
    },
  );
  const plan = planFor(job, [lab('lab-01'), lab('lab-02', 'on')]);
  expect(storedPlan(plan)).toEqual({
    hash: plan.hash,
    title: 'Patch window',
    facts: {
      text: 'f2adc9c19abf7c5653706948293978a07a0c21d43ed0f907c80f5e680d05ed03',
      waves: '1, 1',
      'inputs.image': 'a',
      'inputs.password': '***',
      'lab-01 @host': 'lab-01',
      'lab-01 wake': 'off → on by IPMI',
      'lab-01 boot': 'impossible: Boot Override is offered by AMT; the computer’s profile has: ipmi',
      'lab-01 look': "power.status by IPMI (if steps.wake.outcome == 'done')",
      'lab-01 back': 'on (after wake) → as before wake by IPMI',
      'lab-02 @host': 'lab-02',
      'lab-02 wake': 'on → on by IPMI',
      'lab-02 boot': 'impossible: Boot Override is offered by AMT; the computer’s profile has: ipmi',
      'lab-02 look': "power.status by IPMI (if steps.wake.outcome == 'done')",
      'lab-02 back': 'on → as before wake by IPMI',
    },
  });
});

test('the same plan has not moved', () => {
  expect(comparePlans(storedPlan(planned([lab('lab-01')])), planned([lab('lab-01')]))).toEqual([]);
});

test('what moved is said in words, the same of several computers once', () => {
  const was = storedPlan(planned([1, 2, 3, 4, 5].map((number) => lab(`lab-0${number}`))));
  const other = { ...wake, source: { ...wake.source, inputs: { image: 'b', password: 'first' } } };
  const texts = { ...other, source: { ...other.source, texts: { 'jobs/patch.yaml': 'name: Other' } } };
  const now = [
    lab('lab-01', 'on'),
    lab('lab-02', 'on'),
    lab('lab-03', 'on'),
    lab('lab-05', 'off', '10.0.0.9'),
    lab('lab-09'),
  ];
  expect(comparePlans(was, planned(now, texts))).toEqual([
    'the job’s text has changed',
    'inputs.image: was a, is b',
    'lab-09 is new',
    'lab-04 is gone',
    'lab-[01-03] wake: was off → on by IPMI, is on → on by IPMI',
    'lab-05 address: was lab-05, is 10.0.0.9',
  ]);
});

test('a value that is hidden has changed all the same', () => {
  const other = { ...wake, source: { ...wake.source, inputs: { image: 'a', password: 'second' } } };
  expect(comparePlans(storedPlan(planned([lab('lab-01')])), planned([lab('lab-01')], other))).toEqual([
    'something that is not shown has changed',
  ]);
});

test('of many lines the first are shown', () => {
  const names = Array.from({ length: 30 }, (_, index) => `n${index}`);
  const was = storedPlan(planned(names.map((name) => lab(name, 'off', `${name}.old`))));
  const lines = comparePlans(was, planned(names.map((name) => lab(name, 'off', `${name}.new`))));
  expect(lines).toHaveLength(20);
  expect(lines[0]).toBe('n0 address: was n0.old, is n0.new');
  expect(lines[19]).toBe('and 11 more');
});

test('names with spaces are names', () => {
  const was = storedPlan(planned([lab('the desk')]));
  expect(comparePlans(was, planned([lab('the desk', 'on'), lab('desk')]))).toEqual([
    'desk is new',
    'the desk wake: was off → on by IPMI, is on → on by IPMI',
  ]);
});

test('a parameter that a computer’s tag gives has moved with the tag', () => {
  const job = compiled([step('look', inventoryRead, { with: { node: '${{ computer.tags.look }}' } })]);
  const tagged = (look: string) => planFor(job, [fakeComputer('lab-01', ['amt'], { look })]);
  const [was, is] = [tagged('bios'), tagged('firmware')];
  expect(is.hash).not.toBe(was.hash);
  expect(comparePlans(storedPlan(was), is)).toEqual([
    'lab-01 look: was inventory.read by AMT, node: "bios", is inventory.read by AMT, node: "firmware"',
  ]);
});
