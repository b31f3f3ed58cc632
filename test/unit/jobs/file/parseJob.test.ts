import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { demoJobs } from '../../../../src/app/demoJobs';
import { formatProblem } from '../../../../src/base/problem';
import type { Job } from '../../../../src/jobs/file/job';
import { parseJob } from '../../../../src/jobs/file/parseJob';
import { mistakes } from './mistakes';

function load(text: string): Job {
  const { job, problems } = parseJob(text, 'job.yaml');
  expect(problems.map(formatProblem)).toEqual([]);
  return job!;
}

test('a job with everything', () => {
  const job = load(`name: Patch window
description: Patches at night.
targets: '@build !\${{ inputs.without }}'
inputs:
  without: { default: lab-07, description: Who is left out }
  count: { type: number, default: 3 }
  dry: { type: boolean, default: false }
  image: { type: choice, options: [pxe, cd], default: pxe }
strategy: { concurrency: 50, perSite: 10, waves: [1, 10%, 100%], pause: 5m, failFast: 20%, spread: 1h30m }
schedule: { cron: '0 2 * * 6', missed: once }
timezone: Europe/Berlin
windows:
  - { days: [sat, sun], from: '22:00', to: '05:30' }
  - { from: '00:00', to: '04:00', timezone: Asia/Tokyo }
steps:
  - id: wake
    name: Wake
    uses: power.on
    with: { timeoutMs: 90000 }
    retries: 2
    retryDelay: 1m
    timeout: 3m
  - uses: boot.override
    if: steps.wake.outcome == 'done' && !inputs.dry
    with: { device: '\${{ inputs.image }}', power: reset }
    continueOnError: true
finally:
  - uses: power.restore
    if: \${{ always() }}
    with: { from: wake }
`);
  expect(job).toEqual({
    name: 'Patch window',
    description: 'Patches at night.',
    targets: '@build !${{ inputs.without }}',
    inputs: [
      { name: 'without', type: 'string', default: 'lab-07', description: 'Who is left out', options: [] },
      { name: 'count', type: 'number', default: 3, options: [] },
      { name: 'dry', type: 'boolean', default: false, options: [] },
      { name: 'image', type: 'choice', default: 'pxe', options: ['pxe', 'cd'] },
    ],
    strategy: {
      concurrency: 50,
      perSite: 10,
      waves: [{ count: 1 }, { percent: 10 }, { percent: 100 }],
      pauseMs: 300_000,
      failFast: { percent: 20 },
      spreadMs: 5_400_000,
    },
    schedule: { cron: '0 2 * * 6', timezone: 'Europe/Berlin', missed: 'once' },
    windows: [
      { days: ['sat', 'sun'], from: 1320, to: 330, timezone: 'Europe/Berlin' },
      { from: 0, to: 240, timezone: 'Asia/Tokyo' },
    ],
    steps: [
      {
        id: 'wake',
        title: 'Wake',
        uses: 'power.on',
        with: { timeoutMs: 90_000 },
        retries: 2,
        retryDelayMs: 60_000,
        timeoutMs: 180_000,
        continueOnError: false,
      },
      {
        id: 'step-2',
        title: 'Boot Override',
        uses: 'boot.override',
        with: { device: '${{ inputs.image }}', power: 'reset' },
        condition: {
          kind: 'binary',
          operator: '&&',
          left: {
            kind: 'binary',
            operator: '==',
            left: { kind: 'path', path: ['steps', 'wake', 'outcome'] },
            right: { kind: 'literal', value: 'done' },
          },
          right: { kind: 'not', of: { kind: 'path', path: ['inputs', 'dry'] } },
        },
        retries: 0,
        retryDelayMs: 10_000,
        continueOnError: true,
      },
    ],
    finally: [
      {
        id: 'finally-1',
        title: 'Restore Power',
        uses: 'power.restore',
        with: { from: 'wake' },
        condition: { kind: 'call', name: 'always', args: [] },
        retries: 0,
        retryDelayMs: 10_000,
        continueOnError: false,
      },
    ],
  });
});

const small = (more: string): Job => load(`name: Job\ntargets: '*'\n${more}\nsteps:\n  - uses: power.status\n`);

test('a job with nothing', () => {
  expect(small('')).toEqual({
    name: 'Job',
    targets: '*',
    inputs: [],
    strategy: { waves: [], pauseMs: 0, spreadMs: 0 },
    windows: [],
    steps: [
      {
        id: 'step-1',
        title: 'Power Status',
        uses: 'power.status',
        with: {},
        retries: 0,
        retryDelayMs: 10_000,
        continueOnError: false,
      },
    ],
    finally: [],
  });
});

test.each<[text: string, failFast: Job['strategy']['failFast']]>([
  ['true', { count: 0 }],
  ['false', { percent: 100 }],
  ['3', { count: 3 }],
  ['0', { count: 0 }],
  ['0%', { percent: 0 }],
  ['100%', { percent: 100 }],
])('failFast: %s', (text, failFast) => {
  expect(small(`strategy: { failFast: ${text} }`).strategy.failFast).toEqual(failFast);
});

test('a schedule as a text', () => {
  expect(small("schedule: '30 6 * * mon-fri'").schedule).toEqual({ cron: '30 6 * * mon-fri', missed: 'skip' });
});

test.each(['true', 'false'])('a condition that is %s', (text) => {
  const job = load(`name: Job\ntargets: '*'\nsteps:\n  - { uses: power.status, if: ${text} }\n`);
  expect(job.steps[0]?.condition).toEqual({ kind: 'literal', value: text === 'true' });
});

test('the files of called jobs, once each', () => {
  const text = `name: Job
targets: '*'
steps:
  - { uses: run.job, with: { job: b.yaml } }
  - { uses: run.job, with: { job: sub/c.yaml } }
finally:
  - { uses: run.job, with: { job: ./b.yaml } }
`;
  expect(parseJob(text, '.sideband/jobs/a.yaml').calls).toEqual(['.sideband/jobs/b.yaml', '.sideband/jobs/sub/c.yaml']);
});

test.each(Object.entries(demoJobs))('%s of the demo folder has no mistake', (_, text) => {
  load(text);
});

const texts = [...Object.values(demoJobs), ...mistakes.map(([, text]) => text)].filter((text) => text.length < 2000);

test('no text throws, whatever is done to it', () => {
  const scrap = fc.oneof(
    fc.string({ maxLength: 8 }),
    fc.constantFrom(
      '${{',
      '}}',
      "'",
      '"',
      ':',
      '- ',
      '{',
      '}',
      '[',
      ']',
      '\n',
      '  ',
      '&a',
      '*a',
      '|',
      '>',
      '!',
      '#',
      '\t',
      '~',
      '%',
    ),
  );
  const edit = fc.record({ at: fc.nat(2000), length: fc.nat(30), scrap });
  fc.assert(
    fc.property(fc.constantFrom(...texts), fc.array(edit, { maxLength: 4 }), (text, edits) => {
      let broken = text;
      for (const { at, length, scrap: put } of edits) broken = broken.slice(0, at) + put + broken.slice(at + length);
      const { job, problems } = parseJob(broken, 'job.yaml');
      expect(job === undefined).toBe(problems.length > 0);
      const lines = broken.split('\n').length;
      for (const { line, column } of problems) {
        expect(line).toBeGreaterThan(0);
        expect(line).toBeLessThanOrEqual(lines + 1);
        expect(column).toBeGreaterThan(0);
      }
    }),
    { numRuns: 300 },
  );
});

test('no mapping throws, whatever is in it', () => {
  const key = fc.constantFrom(
    'name',
    'targets',
    'inputs',
    'strategy',
    'schedule',
    'windows',
    'steps',
    'finally',
    'uses',
    'with',
    'if',
    'id',
    'a',
  );
  const leaf = fc.oneof(
    fc.constantFrom(
      'power.on',
      'run.job',
      'power.restore',
      'a.yaml',
      '${{ inputs.a }}',
      'steps.a.outcome',
      '10%',
      '5m',
      '*',
    ),
    fc.string(),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
  );
  const { node } = fc.letrec<{ node: unknown }>((tie) => ({
    node: fc.oneof({ maxDepth: 5 }, leaf, fc.array(tie('node'), { maxLength: 3 }), fc.dictionary(key, tie('node'))),
  }));
  fc.assert(
    fc.property(node, (value) => {
      const { job, problems } = parseJob(JSON.stringify(value), 'job.yaml');
      expect(job === undefined).toBe(problems.length > 0);
    }),
    { numRuns: 300 },
  );
});
