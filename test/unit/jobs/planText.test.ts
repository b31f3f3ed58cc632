import * as z from 'zod';
import { expect, test } from 'vitest';
import type { Plan, PlanEntry } from '../../../src/jobs/plan';
import { formatPlanMarkdown, planLine, planSummary } from '../../../src/jobs/planText';
import { defineOperation, type Way } from '../../../src/operations/operation';
import { fakeComputer } from '../../fakes/technology';

const operation = defineOperation(
  {
    id: 'power.off',
    title: 'Power Off',
    description: '',
    danger: 'disruptive',
    kind: 'change',
    repeatable: true,
    parameters: z.strictObject({
      graceful: z.boolean(),
      timeoutMs: z.number().default(1000),
      device: z.string().default('disk'),
    }),
    warnings: ({ graceful }) => (graceful ? [] : ['Whoever works on it loses it.']),
  },
  () => [],
);
const ways = [{ technology: 'ipmi', technologyTitle: 'IPMI' } as Way];
const entry = (name: string, rest: Partial<PlanEntry>): PlanEntry => ({
  computer: fakeComputer(name, ['ipmi']),
  ways,
  why: 'by IPMI',
  ...rest,
});
const plan: Plan = {
  operation,
  parameters: { graceful: false, timeoutMs: 1000, device: 'pxe' },
  targets: '*',
  refusals: [{ rule: 'policy.yaml: hours', message: 'only from 22:00' }],
  hash: '0123456789ab',
  entries: [
    entry('lab-01', { now: 'on', then: 'off' }),
    entry('lab-02', { now: 'off', then: 'off' }),
    entry('lab-03', { then: 'off', unread: 'nothing answers | on 10.0.0.3' }),
    entry('lab-04', { ways: [], why: 'impossible', impossible: 'Power Off is offered by IPMI', then: 'off' }),
  ],
};

test('each computer in a line', () => {
  expect(plan.entries.map((one) => planLine(plan, one))).toEqual([
    { computer: 'lab-01', change: 'on → off', how: 'by IPMI' },
    { computer: 'lab-02', change: 'off → off', how: 'already so' },
    { computer: 'lab-03', change: 'unread → off', how: 'by IPMI; nothing answers | on 10.0.0.3' },
    { computer: 'lab-04', change: '? → off', how: 'Power Off is offered by IPMI' },
  ]);
  expect(planSummary(plan)).toEqual([
    'Power Off: 3 of 4 computers, disruptive',
    'warning: Whoever works on it loses it.',
    'refused by policy.yaml: hours: only from 22:00',
    'plan 0123456789ab',
  ]);
});

test('the document has what changes first, and what is impossible with its reason last', () => {
  expect(formatPlanMarkdown(plan)).toBe(`# Plan: Power Off

**3 of 4 computers** · disruptive · plan \`0123456789ab\`

graceful: false · device: pxe

> Whoever works on it loses it.

> Refused by policy.yaml: hours: only from 22:00

## Will be changed (1)

| Computer | Now → then | How |
| --- | --- | --- |
| lab-01 | on → off | by IPMI |

## Could not be read, and will be tried (1)

| Computer | Now → then | How |
| --- | --- | --- |
| lab-03 | unread → off | by IPMI; nothing answers \\| on 10.0.0.3 |

## Already so (1)

| Computer | Now → then | How |
| --- | --- | --- |
| lab-02 | off → off | already so |

## Impossible (1)

| Computer | Why |
| --- | --- |
| lab-04 | Power Off is offered by IPMI |
`);
});
