import { expect, test } from 'vitest';
import { formatProblem } from '../../../../src/base/problem';
import { Computer } from '../../../../src/fleet/computer';
import { builtInDefinitions } from '../../../../src/fleet/definitions';
import { compileJob } from '../../../../src/jobs/file/compileJob';
import { evaluateCondition, type Facts, resolveTargets, resolveWith } from '../../../../src/jobs/program/facts';
import type { Call, CompiledJob, ProgramStep } from '../../../../src/jobs/program/program';

const computer = new Computer({
  name: 'lab-01',
  host: '10.0.0.1',
  tags: { site: 'oslo', 'rack.row': 'r1' },
  accesses: [],
});

function compile(body: string, called = ''): Omit<CompiledJob, 'source'> {
  const head = "name: Job\ntargets: '*'\n";
  const texts = new Map([
    ['a.yaml', head + body],
    ['b.yaml', head + called],
  ]);
  const { compiled, problems } = compileJob('a.yaml', texts, { definitions: builtInDefinitions });
  expect(problems.map(formatProblem)).toEqual([]);
  return compiled!;
}

const facts = (given: Partial<Facts> = {}): Facts => ({
  inputs: { count: 3, image: 'pxe', dry: false },
  computer,
  steps: new Map([
    ['wake', { outcome: 'done', value: { power: 'off', nested: { list: [1, 'b'] } } }],
    ['plain', { outcome: 'already', value: 'text' }],
    ['left', { outcome: 'skipped' }],
  ]),
  failed: false,
  cancelled: false,
  at: 'run',
  ...given,
});

/** A step whose parameter is this, behind three others and with three inputs. */
function stepWith(value: string): ProgramStep {
  const { program } = compile(`inputs: { count: { type: number }, image: {}, dry: { type: boolean } }
steps:
  - { id: wake, uses: power.on }
  - { id: plain, uses: power.on }
  - { id: left, uses: power.on }
  - uses: user.setPassword
    with: { user: '${value.replaceAll("'", "''")}', passwordOf: bmc }
`);
  return program.steps[3]!;
}

test.each<[text: string, value: unknown]>([
  ['plain', 'plain'],
  ['${{ inputs.count }}', 3],
  ['${{ inputs.dry }}', false],
  ['a ${{ inputs.count }} b ${{ inputs.dry }}', 'a 3 b false'],
  ['${{ inputs.count }}${{ inputs.image }}', '3pxe'],
  ['${{ inputs.absent || null }}'.replace('inputs.absent', 'computer.tags.absent'), null],
  ['[${{ computer.tags.absent }}]', '[]'],
  ['${{ computer.name }}@${{ computer.host }} ${{ computer.site }}', 'lab-01@10.0.0.1 oslo'],
  ['${{ computer.tags.rack.row }}', 'r1'],
  ['${{ computer.tags.constructor }}', null],
  ['${{ steps.wake.outcome }}', 'done'],
  ['${{ steps.wake.outputs.power }}', 'off'],
  ['${{ steps.wake.outputs.nested.list }}', [1, 'b']],
  ['${{ steps.wake.outputs.nested.list.1 }}', 'b'],
  ['x ${{ steps.wake.outputs.nested }}', 'x {"list":[1,"b"]}'],
  ['${{ steps.wake.outputs.toString }}', null],
  ['${{ steps.plain.outputs }}', 'text'],
  ['${{ steps.plain.outputs.length }}', null],
  ['${{ steps.left.outputs }}', null],
  ["${{ inputs.image == 'pxe' && 'net' || 'disk' }}", 'net'],
])('a parameter that is %s', (text, value) => {
  expect(resolveWith(stepWith(text), facts())).toEqual({ parameters: { user: value, passwordOf: 'bmc' }, depends: [] });
});

test('what has not begun has an outcome, too', () => {
  const { parameters } = resolveWith(stepWith('${{ steps.wake.outcome }}'), facts({ steps: new Map() }));
  expect(parameters.user).toBe('not-begun');
});

test.each<[text: string, resolved: ReturnType<typeof resolveWith>]>([
  ['${{ inputs.image }}', { parameters: { user: 'pxe', passwordOf: 'bmc' }, depends: [] }],
  [
    '${{ steps.wake.outputs.power }} ${{ steps.left.outcome }} ${{ steps.wake.outcome }}',
    { parameters: { passwordOf: 'bmc' }, depends: ['user: from steps.wake, steps.left'] },
  ],
  ['${{ inputs.image || steps.wake.outcome }}', { parameters: { user: 'pxe', passwordOf: 'bmc' }, depends: [] }],
])('a plan does not know what steps come to: %s', (text, resolved) => {
  expect(resolveWith(stepWith(text), facts({ at: 'plan', steps: new Map() }))).toEqual(resolved);
});

test('a plan takes what is certain already', () => {
  const known = facts({ at: 'plan', steps: new Map([['wake', { outcome: 'skipped' }]]) });
  expect(resolveWith(stepWith('${{ steps.wake.outcome }}'), known).parameters.user).toBe('skipped');
});

function stepIf(condition: string | undefined, list: 'steps' | 'finally' = 'steps'): ProgramStep {
  const given = condition === undefined ? '' : `, if: "${condition}"`;
  const last = `  - { id: last, uses: power.off${given} }\n`;
  const { program } = compile(
    `steps:\n  - { id: wake, uses: power.on }\n${list === 'finally' ? 'finally:\n' : ''}${last}`,
  );
  return program.steps[1]!;
}

test.each<
  [condition: string | undefined, list: 'steps' | 'finally', well: boolean, failed: boolean, cancelled: boolean]
>([
  [undefined, 'steps', true, false, false],
  [undefined, 'finally', true, true, true],
  ['succeeded()', 'steps', true, false, false],
  ['failed()', 'steps', false, true, false],
  ['cancelled()', 'steps', false, false, true],
  ['always()', 'steps', true, true, true],
  ["steps.wake.outcome == 'done'", 'steps', true, false, false],
  ["steps.wake.outcome == 'done'", 'finally', true, true, true],
  ["steps.wake.outcome != 'done'", 'steps', false, false, false],
  ["failed() || steps.wake.outcome == 'done'", 'steps', true, true, true],
  ['!failed()', 'finally', true, false, true],
  ["contains(computer.name, 'lab')", 'steps', true, false, false],
  ['computer.tags.absent', 'finally', false, false, false],
])('if %s in %s', (condition, list, well, failed, cancelled) => {
  const step = stepIf(condition, list);
  const found = [{}, { failed: true }, { cancelled: true }].map((given) => evaluateCondition(step, facts(given)));
  expect(found).toEqual([well, failed, cancelled]);
});

test.each<[condition: string | undefined, list: 'steps' | 'finally', well: unknown, failed: unknown]>([
  [undefined, 'steps', true, false],
  [undefined, 'finally', true, true],
  ['succeeded()', 'steps', true, false],
  ['failed()', 'steps', { depends: 'if failed()' }, true],
  ['!failed()', 'steps', { depends: 'if !failed()' }, false],
  ['always()', 'steps', true, true],
  ["steps.wake.outcome=='done'", 'steps', { depends: "if steps.wake.outcome == 'done'" }, false],
  ["steps.wake.outcome == 'done' && computer.site == 'berlin'", 'steps', false, false],
  ["succeeded() && computer.site == 'oslo'", 'steps', true, false],
  ["computer.site == 'oslo' || steps.wake.outputs.power", 'finally', true, true],
])('in a plan, if %s in %s', (condition, list, well, failed) => {
  const step = stepIf(condition, list);
  const plan = facts({ at: 'plan', steps: new Map() });
  expect([evaluateCondition(step, plan), evaluateCondition(step, { ...plan, failed: true })]).toEqual([well, failed]);
});

const nested = compile(
  `inputs: { count: { type: number }, image: {}, dry: { type: boolean } }
steps:
  - { id: wake, uses: power.on }
  - id: inner
    uses: run.job
    if: inputs.count > 2
    with: { job: b.yaml, inputs: { n: '\${{ inputs.count }}', text: '\${{ inputs.count }}', from: 'x \${{ steps.wake.outputs.power }}' } }
finally:
  - { id: end, uses: run.job, with: { job: b.yaml, inputs: { n: 1, from: '' } } }
`,
  `inputs: { n: { type: number }, text: { default: t }, from: {}, yes: { type: boolean, default: true } }
steps:
  - { id: wake, uses: power.status }
  - id: use
    uses: amt.wireless
    if: steps.wake.outcome == 'failed'
    with: { profile: '\${{ inputs.from }} \${{ inputs.yes }} \${{ steps.wake.outcome }}', priority: '\${{ inputs.n }}', ssid: '\${{ inputs.text }}' }
`,
);
const [, , use] = nested.program.steps;
const inside = new Map([...facts().steps, ['inner/wake', { outcome: 'failed' as const }]]);

test('a called job sees its own inputs and steps, which the caller fills', () => {
  expect(resolveWith(use!, facts({ steps: inside }))).toEqual({
    parameters: { profile: 'x off true failed', priority: 3, ssid: '3' },
    depends: [],
  });
  expect(evaluateCondition(use!, facts({ steps: inside }))).toBe(true);
  expect(evaluateCondition(use!, facts())).toBe(false);
});

test('in a plan a called job depends on what the caller does not know yet', () => {
  const { parameters, depends } = resolveWith(use!, facts({ at: 'plan', steps: new Map() }));
  expect([parameters, depends]).toEqual([{ priority: 3, ssid: '3' }, ['profile: from steps.wake']]);
});

test('the condition of a call is read in the calling job', () => {
  const [, call] = nested.program.root.steps;
  const [end] = nested.program.root.finally;
  expect(evaluateCondition(call as Call, facts())).toBe(true);
  expect(evaluateCondition(call as Call, facts({ failed: true }))).toBe(false);
  expect(evaluateCondition(call as Call, facts({ inputs: { count: 1 } }))).toBe(false);
  expect(evaluateCondition(end as Call, facts({ failed: true }))).toBe(true);
});

test('targets with the inputs put in', () => {
  const { job } = compile('inputs: { image: {}, count: { type: number } }\nsteps:\n  - uses: power.status\n');
  const targets = "rack=${{ inputs.image }}${{ inputs.count }} ${{ inputs.image == 'pxe' && '!lab-07' }}";
  expect(resolveTargets({ ...job, targets }, { image: 'pxe', count: 7 })).toBe('rack=pxe7 !lab-07');
  expect(resolveTargets({ ...job, targets: '${{ inputs.count }}' }, { image: '', count: 7 })).toBe('7');
});
