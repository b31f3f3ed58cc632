import { expect, test } from 'vitest';
import { formatProblem } from '../../../src/base/problem';
import { parseFleet } from '../../../src/fleet/fleetFile';
import { parseTargets } from '../../../src/fleet/targets/parse';
import { selectTargets } from '../../../src/fleet/targets/select';
import { evaluatePolicy } from '../../../src/jobs/policy';
import { parsePolicy } from '../../../src/jobs/policyFile';
import { technologies } from '../../../src/technologies';

const { fleet } = parseFleet(
  `version: 1
profiles: { bmc: { ipmi: { user: admin } } }
computers:
  core-01: { host: 10.0.0.1, profile: bmc, tags: { site: oslo } }
  'node[01-20]': { profile: bmc, tags: { site: oslo } }
  'lab-[01-10]': { profile: bmc, tags: { site: berlin } }
`,
  'fleet.yaml',
  technologies,
);

function refusalsOf(
  text: string,
  targets: string,
  options: { id?: string; danger?: 'safe' | 'disruptive'; now?: string } = {},
) {
  const { policy, problems } = parsePolicy(`version: 1\n${text}`, 'policy.yaml');
  expect(problems.map(formatProblem)).toEqual([]);
  const { id = 'power.off', danger = 'disruptive', now = '2026-06-15T12:00:00Z' } = options;
  const computers = selectTargets(parseTargets(targets), fleet!, technologies);
  const refusals = evaluatePolicy(policy!, { operation: { id, danger }, computers, fleet: fleet!, now: new Date(now) });
  return refusals.map(({ rule, message }) => `${rule}: ${message}`);
}

test.each<[policy: string, targets: string, refusals: readonly string[]]>([
  ['protected: core-01', 'node01', []],
  ['protected: core-01', 'node01 core-01', ['policy.yaml: protected: core-01 may not be touched']],
  ['protected: core-01', 'ipmi://admin@10.0.0.1', ['policy.yaml: protected: ipmi://10.0.0.1 may not be touched']],
  ['protected: core-01', 'ipmi://admin@10.1', ['policy.yaml: protected: ipmi://10.1 may not be touched']],
  [
    'protected: core-01',
    'ipmi://admin@[::ffff:10.0.0.1]',
    ['policy.yaml: protected: ipmi://[::ffff:a00:1] may not be touched'],
  ],
  ['protected: node01', 'ipmi://admin@NODE01.', ['policy.yaml: protected: ipmi://NODE01. may not be touched']],
  [
    'protected: core-02',
    'lab-01',
    ['policy.yaml: protected: no computer "core-02" is in the fleet. Did you mean "core-01"?'],
  ],
  [
    'sites: { oslo: { maxTargets: 1 } }',
    'node01 ipmi://admin@10.0.0.1',
    ['policy.yaml: sites.oslo.maxTargets (1): 2 computers are more than 1'],
  ],
  ['maxTargets: 3', 'node[01-03]', []],
  ['maxTargets: 3', 'node[01-04]', ['policy.yaml: maxTargets (3): 4 computers are more than 3']],
  ['maxShare: 25%', 'node[01-05] lab-[01-02]', []],
  ['maxShare: 25%', 'node[01-06]', ['policy.yaml: maxShare (25%): 6 of 21 computers of site oslo are more than 5']],
  ['maxShare: 1%', 'lab-01', []],
  ['sites: { berlin: { maxShare: 10% } }', 'node*', []],
  [
    'maxShare: 50%\nsites: { berlin: { maxShare: 10%, maxTargets: 1 } }',
    'lab-[01-02]',
    [
      'policy.yaml: sites.berlin.maxTargets (1): 2 computers are more than 1',
      'policy.yaml: sites.berlin.maxShare (10%): 2 of 10 computers of site berlin are more than 1',
    ],
  ],
  [
    "hours: { from: '20:00', to: '06:00', timezone: UTC }",
    'node01 lab-01',
    ['policy.yaml: hours: it is allowed from 20:00 to 06:00, UTC'],
  ],
])('%s on %s', (policy, targets, refusals) => {
  expect(refusalsOf(policy, targets)).toEqual(refusals);
});

test('what is safe is never refused, and a policy may be for some operations only', () => {
  expect(refusalsOf('maxTargets: 1', '*', { danger: 'safe' })).toEqual([]);
  expect(refusalsOf('operations: [power.c*]\nmaxTargets: 1', '*', { id: 'power.off' })).toEqual([]);
  expect(refusalsOf('operations: [power.c*]\nmaxTargets: 1', '*', { id: 'power.cycle' })).toHaveLength(1);
});

const nights = "hours: { days: [fri], from: '22:00', to: '04:00', timezone: Europe/Berlin }";
test.each<[moment: string, now: string, allowed: boolean]>([
  ['before it begins', '2026-06-19T19:59:00Z', false],
  ['as it begins, in summer', '2026-06-19T20:00:00Z', true],
  ['as it begins, in winter', '2026-12-18T21:00:00Z', true],
  ['an hour before that, in winter', '2026-12-18T20:00:00Z', false],
  ['past midnight, which is Saturday', '2026-06-20T01:59:00Z', true],
  ['as it ends', '2026-06-20T02:00:00Z', false],
  ['the night before', '2026-06-19T00:00:00Z', false],
  ['in the hour that the change to summer time leaves out', '2026-03-28T01:30:00Z', true],
  ['after the change to winter time, in the doubled hour', '2026-10-24T01:30:00Z', true],
])('Friday night, %s', (_, now, allowed) => {
  expect(refusalsOf(nights, 'node01', { now }).length === 0).toBe(allowed);
});

test('hours follow the wall clock over both changes', () => {
  const hours = "hours: { from: '01:00', to: '03:00', timezone: Europe/Berlin }";
  // 2026-03-29 02:00 CET becomes 03:00 CEST at 01:00 UTC; 2026-10-25 03:00 CEST becomes 02:00 CET at 01:00 UTC.
  const allowed = (now: string): boolean => refusalsOf(hours, 'node01', { now }).length === 0;
  expect(['2026-03-29T00:30:00Z', '2026-03-29T01:00:00Z'].map(allowed)).toEqual([true, false]);
  expect(['2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z', '2026-10-25T02:00:00Z'].map(allowed)).toEqual([
    true,
    true,
    false,
  ]);
});

test.each([
  ['maxShare: 101%', 'policy.yaml:2:11: a share such as 25% is expected'],
  ['maxShare: 25', 'policy.yaml:2:11: a share such as 25% is expected'],
  ['maxShare: 0%', 'policy.yaml:2:11: a share such as 25% is expected'],
  ['maxTargets: 0', 'policy.yaml:2:13: a number of at least 1 is expected'],
  ['operations: power.*', 'policy.yaml:2:13: a list is expected, not text'],
  [
    "hours: { days: [mon, thur], from: '20:00', to: '06:00', timezone: UTC }",
    'policy.yaml:2:22: one of sun, mon, tue, wed, thu, fri, sat is expected. Did you mean "thu"?',
  ],
  ["hours: { days: [], from: '20:00', to: '06:00', timezone: UTC }", 'policy.yaml:2:16: at least 1 entry is expected'],
  ['sites: { oslo: { maxshare: 1% } }', 'policy.yaml:2:18: "maxshare" is not known here. Did you mean "maxShare"?'],
  [
    "protected: 'ipmi://10.0.0.1'",
    'policy.yaml:2:12: computers of the fleet are expected: a URL that reaches one is protected with it',
  ],
  ['maxTarget: 3', 'policy.yaml:2:1: "maxTarget" is not known here. Did you mean "maxTargets"?'],
  ["hours: { from: '25:00', to: '06:00', timezone: UTC }", "policy.yaml:2:16: a time such as '20:00' is expected"],
  [
    "hours: { from: '20:00', to: '06:00', timezone: Berlin }",
    'policy.yaml:2:48: a time zone such as Europe/Berlin is expected',
  ],
  ["hours: { from: '20:00', to: '06:00' }", 'policy.yaml:2:1: "timezone" is missing: text is expected'],
  [
    "protected: 'a%'",
    'policy.yaml:2:12: "a%": a name, a glob lab-*, a range node[001-050], a group @build, a tag site=oslo or a URL is expected',
  ],
])('%s is reported at its place', (text, problem) => {
  const { policy, problems } = parsePolicy(`version: 1\n${text}\n`, 'policy.yaml');
  expect(policy).toBeUndefined();
  expect(problems.map(formatProblem)).toEqual([problem]);
});
