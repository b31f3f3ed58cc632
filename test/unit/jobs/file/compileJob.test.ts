import { expect, test } from 'vitest';
import { formatProblem } from '../../../../src/base/problem';
import { builtInDefinitions } from '../../../../src/fleet/definitions';
import { parseFleet } from '../../../../src/fleet/fleetFile';
import { compileJob, type CompileResult } from '../../../../src/jobs/file/compileJob';
import type { JobWorld } from '../../../../src/jobs/file/worldRules';
import { type Call, isCall, type ProgramStep } from '../../../../src/jobs/program/program';
import { technologies } from '../../../../src/technologies';

const { fleet } = parseFleet(
  `version: 1
profiles: { bmc: { ipmi: { user: admin } } }
computers:
  'lab-[01-03]': { profile: bmc, tags: { site: oslo, rack: r1 } }
groups: { build: { tags: { rack: r1 } } }
`,
  'fleet.yaml',
  technologies,
);

type Texts = Readonly<Record<string, string>>;

function compile(texts: Texts, world: Partial<JobWorld> = {}): CompileResult {
  return compileJob('a.yaml', new Map(Object.entries(texts)), {
    definitions: builtInDefinitions,
    fleet,
    technologies,
    ...world,
  });
}

const mistakesOf = (texts: Texts, world?: Partial<JobWorld>): readonly string[] =>
  compile(texts, world).problems.map(formatProblem);
const job = (body: string): string => `name: Job\ntargets: '*'\n${body}`;
const calls = (file: string, more = ''): string =>
  job(`steps:\n  - uses: run.job\n    with: { job: ${file}${more} }\n`);
const one = job('steps:\n  - uses: power.on\n');

const twice: Texts = {
  'a.yaml': job(`inputs:
  who: { default: x }
steps:
  - { id: look, uses: power.status }
  - id: prepare
    uses: run.job
    if: steps.look.outputs.power == 'off'
    with: { job: sub/b.yaml, inputs: { count: '5', word: 'a \${{ inputs.who }}' } }
    continueOnError: true
  - { id: end, uses: power.off }
finally:
  - { id: back, uses: run.job, with: { job: sub/b.yaml, inputs: { word: w } } }
`),
  'sub/b.yaml': job(`inputs:
  word: {}
  count: { type: number, default: 3 }
steps:
  - { id: wake, uses: power.on, if: inputs.count > 2 }
finally:
  - { uses: power.restore, with: { from: wake } }
`),
};

test('called jobs stand in the places of their steps', () => {
  const { compiled, problems, missing } = compile(twice);
  expect(problems.map(formatProblem)).toEqual([]);
  expect(missing).toEqual([]);
  const { steps, root } = compiled!.program;
  expect(steps.map(({ index, id, role, operation }) => [index, id, role, operation.id])).toEqual([
    [0, 'look', 'step', 'power.status'],
    [1, 'prepare/wake', 'step', 'power.on'],
    [2, 'prepare/finally-1', 'finally', 'power.restore'],
    [3, 'end', 'step', 'power.off'],
    [4, 'back/wake', 'step', 'power.on'],
    [5, 'back/finally-1', 'finally', 'power.restore'],
  ]);
  const shape = (item: ProgramStep | Call): unknown =>
    isCall(item) ? { [item.id]: [...item.block.steps.map(shape), ...item.block.finally.map(shape)] } : item.index;
  expect(root.steps.map(shape)).toEqual([0, { prepare: [1, 2] }, 3]);
  expect(root.finally.map(shape)).toEqual([{ back: [4, 5] }]);
  const [, prepare] = root.steps as readonly [ProgramStep, Call];
  expect([prepare.role, prepare.continueOnError, prepare.scope]).toEqual(['step', true, { prefix: '', inputs: {} }]);
  expect(steps[1]?.scope).toEqual({
    prefix: 'prepare/',
    inputs: { word: 'a ${{ inputs.who }}', count: '5' },
    declared: [
      { name: 'word', type: 'string', options: [] },
      { name: 'count', type: 'number', default: 3, options: [] },
    ],
    caller: { prefix: '', inputs: {} },
  });
  expect(steps[4]?.scope.inputs).toEqual({ word: 'w', count: 3 });
  expect((root.finally[0] as Call).role).toBe('finally');
});

test.each<[what: string, texts: Texts, problems: readonly string[]]>([
  ['all is well', { 'a.yaml': one }, []],
  [
    'a group',
    { 'a.yaml': one.replace("'*'", "'@buidl'") },
    ['a.yaml:2:10: no group "@buidl" is in the fleet. Did you mean "build"?'],
  ],
  [
    'a computer',
    { 'a.yaml': one.replace("'*'", 'lab-04') },
    ['a.yaml:2:10: no computer "lab-04" is in the fleet. Did you mean "lab-01"?'],
  ],
  [
    'a tag',
    { 'a.yaml': one.replace("'*'", 'sight=oslo') },
    ['a.yaml:2:10: no computer has a tag "sight". Did you mean "site"?'],
  ],
  [
    'a technology of a URL',
    { 'a.yaml': one.replace("'*'", 'impi://admin@10.0.0.5') },
    ['a.yaml:2:10: impi:// is not known here: this version speaks amt, amts, ipmi. Did you mean "ipmi"?'],
  ],
  [
    'targets of defaults',
    {
      'a.yaml': job('inputs: { who: { default: lab-9 } }\nsteps:\n  - uses: power.on\n').replace(
        "'*'",
        "'${{ inputs.who }}'",
      ),
    },
    ['a.yaml:2:10: no computer "lab-9" is in the fleet. Did you mean "lab-01"?'],
  ],
  [
    'targets of inputs without defaults are not looked at',
    { 'a.yaml': job('inputs: { who: {} }\nsteps:\n  - uses: power.on\n').replace("'*'", "'@${{ inputs.who }}'") },
    [],
  ],
  [
    'the targets of called jobs are not used',
    { 'a.yaml': calls('b.yaml'), 'b.yaml': one.replace("'*'", 'nobody') },
    [],
  ],
  [
    'a filter set',
    { 'a.yaml': job('steps:\n  - uses: network.filter\n    with: { mode: block, set: open-prots }\n') },
    ['a.yaml:5:31: no filter set is called "open-prots". Did you mean "open-ports"?'],
  ],
  [
    'mistakes of a called file are told there, once',
    {
      'a.yaml': job(
        'steps:\n  - { uses: run.job, with: { job: b.yaml } }\n  - { uses: run.job, with: { job: b.yaml } }\n',
      ),
      'b.yaml': job('steps:\n  - uses: power.onn\n'),
    },
    ['b.yaml:4:11: no operation is called "power.onn". Did you mean "power.on"?'],
  ],
  [
    'mistakes of both files',
    {
      'a.yaml': job('steps:\n  - { uses: run.job, with: { job: b.yaml } }\n  - uses: power.of\n'),
      'b.yaml': job('steps: []\n'),
    },
    [
      'a.yaml:5:11: no operation is called "power.of". Did you mean "power.off"?',
      'b.yaml:3:8: at least 1 entry is expected',
    ],
  ],
  ['a job that calls itself', { 'a.yaml': calls('a.yaml') }, ['a.yaml:5:18: the job calls itself: a.yaml → a.yaml']],
  [
    'jobs that call one another',
    { 'a.yaml': calls('b.yaml'), 'b.yaml': calls('c.yaml'), 'c.yaml': calls('b.yaml') },
    ['c.yaml:5:18: the job calls itself: b.yaml → c.yaml → b.yaml'],
  ],
  [
    'five calls in a row',
    {
      'a.yaml': calls('b.yaml'),
      'b.yaml': calls('c.yaml'),
      'c.yaml': calls('d.yaml'),
      'd.yaml': calls('e.yaml'),
      'e.yaml': calls('f.yaml'),
      'f.yaml': one,
    },
    [],
  ],
  [
    'six calls in a row',
    {
      'a.yaml': calls('b.yaml'),
      'b.yaml': calls('c.yaml'),
      'c.yaml': calls('d.yaml'),
      'd.yaml': calls('e.yaml'),
      'e.yaml': calls('f.yaml'),
      'f.yaml': calls('g.yaml'),
      'g.yaml': one,
    },
    ['f.yaml:5:18: at most 5 jobs can call one another: a.yaml → b.yaml → c.yaml → d.yaml → e.yaml → f.yaml → g.yaml'],
  ],
  [
    'an input that the called job has not',
    {
      'a.yaml': calls('b.yaml', ', inputs: { whoo: x }'),
      'b.yaml': job('inputs: { who: { default: a } }\nsteps:\n  - uses: power.on\n'),
    },
    ['a.yaml:5:36: no input is called "whoo". Did you mean "who"?'],
  ],
  [
    'an input that the called job needs',
    { 'a.yaml': calls('b.yaml'), 'b.yaml': job('inputs: { who: {} }\nsteps:\n  - uses: power.on\n') },
    ['a.yaml:5:5: the job that is called needs the input "who"'],
  ],
  [
    'an input of another type',
    {
      'a.yaml': calls('b.yaml', ', inputs: { count: many }'),
      'b.yaml': job('inputs: { count: { type: number } }\nsteps:\n  - uses: power.on\n'),
    },
    ['a.yaml:5:43: a number is expected'],
  ],
  [
    'an input that the called job does not offer',
    {
      'a.yaml': calls('b.yaml', ', inputs: { boot: dsk }'),
      'b.yaml': job('inputs: { boot: { type: choice, options: [disk, cd] } }\nsteps:\n  - uses: power.on\n'),
    },
    ['a.yaml:5:42: one of disk, cd is expected. Did you mean "disk"?'],
  ],
  [
    'more than 200 steps in all',
    {
      'a.yaml': job(`steps:\n${'  - { uses: run.job, with: { job: b.yaml } }\n'.repeat(3)}`),
      'b.yaml': job(`steps:\n${'  - uses: power.status\n'.repeat(70)}`),
    },
    ['a.yaml:3:1: at most 200 steps are expected, with those of the jobs that are called'],
  ],
])('%s', (_, texts, problems) => {
  const { compiled, problems: found } = compile(texts);
  expect(found.map(formatProblem)).toEqual(problems);
  expect(compiled === undefined).toBe(problems.length > 0);
});

test('without a fleet nobody is looked up', () => {
  expect(mistakesOf({ 'a.yaml': one.replace("'*'", "'@nobody'") }, { fleet: undefined })).toEqual([]);
});

test('files that are not there yet', () => {
  const { compiled, problems, missing } = compile({ 'a.yaml': calls('b.yaml'), 'b.yaml': calls('c.yaml') });
  expect([compiled, problems, missing]).toEqual([undefined, [], ['c.yaml']]);
  expect(compile({}).missing).toEqual(['a.yaml']);
});

test('files that cannot be read are told where they are called', () => {
  const unreadable = new Map([['c.yaml', 'there is no file c.yaml.']]);
  const { problems, missing } = compile({ 'a.yaml': calls('b.yaml'), 'b.yaml': calls('c.yaml') }, { unreadable });
  expect(problems.map(formatProblem)).toEqual(['b.yaml:5:18: there is no file c.yaml.']);
  expect(missing).toEqual([]);
});

test('jobs that call many jobs that call many jobs end soon', () => {
  const many = (file: string): string =>
    job(`steps:\n${`  - { uses: run.job, with: { job: ${file} } }\n`.repeat(200)}`);
  const texts = {
    'a.yaml': many('b.yaml'),
    'b.yaml': many('c.yaml'),
    'c.yaml': many('d.yaml'),
    'd.yaml': many('e.yaml'),
    'e.yaml': one,
  };
  expect(mistakesOf(texts)).toEqual([
    'a.yaml:3:1: at most 200 steps are expected, with those of the jobs that are called',
  ]);
});
