import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseXml } from '../../../../src/base/xml/parseXml';
import type { RecordedStep, RunRecord } from '../../../../src/jobs/ledger';
import { csv } from '../../../../src/jobs/reports/formats/csv';
import { json } from '../../../../src/jobs/reports/formats/json';
import { junit } from '../../../../src/jobs/reports/formats/junit';
import { markdown } from '../../../../src/jobs/reports/formats/markdown';
import { sarif } from '../../../../src/jobs/reports/formats/sarif';
import type { RunDocument } from '../../../../src/jobs/reports/runDocument';
import { readRunDocument } from '../../../../src/jobs/reports/runDocument';
import { runFormats, stepSummary } from '../../../../src/jobs/reports/runFormats';

const fixture = (name: string): string =>
  readFileSync(new URL(`../../../fixtures/reports/${name}`, import.meta.url), 'utf8');

/** The fixtures are text files, whose line ends are this repository’s. */
const withoutReturns = (report: string): string => report.replaceAll('\r\n', '\n');

const text = `# Wakes and looks.
name: Wake and look
targets: '@lab'
steps:
  - uses: power.status
  - id: wake
    name: Wake
    uses: power.on
  - id: prepare
    uses: run.job
    with: { job: prepare.yaml }
finally:
  - uses: power.restore
    with: { from: wake }
`;

const hostile = 'a|b ]]> "q" <i> \u001b[31m\u202e\ufffe & `c`';

const record: RunRecord = {
  id: '20261123-074512-k3f9',
  kind: 'job',
  subject: 'jobs/wake & look.yaml',
  title: 'Wake and look',
  folder: 'not shown',
  targets: '@lab',
  state: 'finished',
  startedAt: '2026-11-23T07:45:12.345Z',
  endedAt: '2026-11-23T07:46:42.845Z',
  danger: 'disruptive',
  parameters: { image: 'a', apiKey: 'not shown' },
  planHash: '0123456789ab',
  counts: { done: 1, failed: 1, skipped: 1 },
  job: {
    source: {
      file: 'jobs/wake & look.yaml',
      texts: { 'jobs/wake & look.yaml': text },
      inputs: { image: 'a', apiKey: 'not shown' },
    },
    steps: [
      { id: 'step-1', title: 'Power Status', uses: 'power.status', role: 'step' },
      { id: 'wake', title: 'Wake', uses: 'power.on', role: 'step' },
      { id: 'prepare/boot', title: 'Boot Override', uses: 'boot.override', role: 'step' },
      { id: 'finally-1', title: 'Restore Power', uses: 'power.restore', role: 'finally' },
    ],
  },
  results: [
    { computer: 'lab-01', ok: true, outcome: 'done', durationMs: 9100 },
    {
      computer: 'lab-02',
      ok: false,
      outcome: 'failed',
      durationMs: 60_000,
      technology: 'amt',
      error: { code: 'connect.timeout', message: `step wake: ${hostile}`, hint: 'Look at its cable.' },
    },
    {
      computer: '=cmd|<x>',
      ok: false,
      outcome: 'skipped',
      durationMs: 0,
      error: { code: 'run.halted', message: 'too many computers failed', hint: 'See which failed.' },
    },
  ],
};

const step = (computer: string, index: number, others: Partial<RecordedStep>): RecordedStep => ({
  computer,
  step: index,
  ok: true,
  outcome: 'done',
  attempts: 1,
  durationMs: 100,
  ...others,
});

const job: RunDocument = {
  record,
  steps: [
    step('lab-02', 1, {
      ok: false,
      outcome: 'failed',
      attempts: 3,
      durationMs: 59_900,
      technology: 'amt',
      tried: [{ technology: 'ipmi', code: 'connect.refused' }],
      error: { code: 'connect.timeout', message: hostile, hint: 'Look at its cable.' },
    }),
    step('lab-01', 3, {
      technology: 'ipmi',
      before: 'on',
      note: 'It was sleeping; off is as near as it gets.',
      outcome: 'unverified',
    }),
    step('lab-01', 1, { technology: 'ipmi', before: 'off', durationMs: 8000, value: { power: 'on' } }),
    step('lab-01', 0, {
      technology: 'ipmi',
      value: {
        columns: ['Bank', 'MiB'],
        rows: [
          ['A', 8192],
          ['=B', null],
        ],
      },
    }),
    step('lab-01', 2, {
      ok: false,
      outcome: 'unknown',
      technology: 'amt',
      error: { code: 'connect.lost', message: 'lab-01 stopped answering', hint: 'Try again.' },
    }),
    step('lab-02', 0, { outcome: 'already', technology: 'amt' }),
    step('lab-02', 2, { ok: false, outcome: 'skipped', durationMs: 0, note: 'a step before it failed' }),
  ],
};

const operation: RunDocument = {
  record: {
    id: '20261123-080000-aaaa',
    kind: 'operation',
    subject: 'power.off',
    title: 'Power Off',
    folder: 'not shown',
    targets: 'lab-*',
    state: 'interrupted',
    startedAt: '2026-11-23T08:00:00.000Z',
    danger: 'disruptive',
    parameters: { code: '123456' },
    planHash: 'ffffffffffff',
    rerunOf: '20261123-070000-bbbb',
    counts: { done: 1, unknown: 1, 'not-begun': 1 },
    results: [
      { computer: 'lab-01', ok: true, outcome: 'done', technology: 'amt', durationMs: 1500, value: { power: 'off' } },
      {
        computer: 'lab-02',
        ok: false,
        outcome: 'unknown',
        technology: 'ipmi',
        durationMs: 0,
        error: { code: 'run.interrupted', message: 'the process ended in the middle', hint: 'Look at it.' },
      },
      { computer: 'lab-03', ok: false, outcome: 'not-begun', durationMs: 0 },
    ],
  },
  steps: [],
};

test.each(runFormats.map((format) => [format.name, format] as const))(
  'a job’s run as %s is as expected',
  (name, format) => {
    expect(withoutReturns(format.format(job))).toBe(fixture(`job.${name}`));
  },
);

test.each(runFormats.map((format) => [format.name, format] as const))(
  'an operation’s run as %s is as expected',
  (name, format) => {
    expect(withoutReturns(format.format(operation))).toBe(fixture(`operation.${name}`));
  },
);

test('neither hidden values nor parameters are in any of them', () => {
  for (const one of runFormats) {
    expect(one.format(job)).not.toContain('not shown');
    expect(one.format(operation)).not.toMatch(/not shown|123456/);
  }
});

test('lines of CSV end as RFC 4180 asks', () => {
  expect(csv.format(operation).match(/\r\n/g)).toHaveLength(4);
  expect(csv.format(operation)).not.toMatch(/[^\r]\n/);
});

test('JUnit is XML that counts what it holds', () => {
  const [suite] = parseXml(junit.format(job)).children;
  const cases = suite?.children ?? [];
  const holding = (name: string) => cases.filter(({ children }) => children.some((child) => child.name === name));
  expect(suite?.attributes.get('tests')).toBe('12');
  expect([cases.length, holding('failure').length, holding('skipped').length]).toEqual([12, 2, 6]);
  expect(holding('failure')[1]?.children[0]?.attributes.get('message')).toBe(
    'connect.timeout: a|b ]]> "q" <i>  [31m   & `c`',
  );
});

test('half a character breaks no format', () => {
  const name = 'half \ud800';
  const results = [{ computer: name, ok: false, outcome: 'failed' as const, durationMs: 1 }];
  const broken: RunDocument = { record: { ...operation.record, results }, steps: [] };
  expect(parseXml(junit.format(broken)).children[0]?.children[0]?.attributes.get('classname')).toBe('half \ufffd');
  expect(sarif.format(broken)).toContain('"power.off/half%20%EF%BF%BD/"');
});

test('what had begun when its process died may have happened', () => {
  const interrupted: RunDocument = {
    record: { ...record, state: 'interrupted' },
    steps: [step('lab-01', 1, { ok: false, outcome: 'running', technology: 'ipmi' })],
  };
  expect(markdown.format(interrupted)).toContain('| lab-01 | wake: Wake | unknown |');
  expect(junit.format(interrupted)).toContain('type="run.interrupted"');
  const running: RunDocument = { ...interrupted, record };
  expect(junit.format(running)).toContain('<skipped message="running"/>');
  expect(sarif.format(running)).not.toContain('run.interrupted');
});

test('a job whose text cannot be read any more has its findings in the first line', () => {
  const { job: recorded } = record;
  const source = { file: '/home/jobs/x.yaml', texts: {}, inputs: {} };
  const broken: RunDocument = { ...job, record: { ...record, ...(recorded && { job: { ...recorded, source } }) } };
  const { runs } = JSON.parse(sarif.format(broken)) as {
    runs: readonly [{ results: readonly { locations: unknown }[] }];
  };
  expect(runs[0].results[0]?.locations).toEqual([
    { physicalLocation: { artifactLocation: { uri: 'file:///home/jobs/x.yaml' }, region: { startLine: 1 } } },
  ]);
});

test('a summary holds no more than CI takes', () => {
  const results = Array.from({ length: 2000 }, (_, index) => ({
    computer: `n${index}`,
    ok: false,
    outcome: 'failed' as const,
    durationMs: 1,
    error: { code: 'connect.timeout' as const, message: 'no answer', hint: '' },
  }));
  const summary = stepSummary({ record: { ...operation.record, results }, steps: [] });
  expect(summary).toContain('and 1500 more');
  expect(summary).toContain('and 1000 more');
  expect(summary.split('\n').length).toBeLessThan(1550);
});

test('every file of the folder is a format that is listed', () => {
  const files = readdirSync(new URL('../../../../src/jobs/reports/formats', import.meta.url));
  expect(runFormats).toHaveLength(files.length);
  expect(runFormats.map(({ name }) => name)).toEqual([json, junit, csv, markdown, sarif].map(({ name }) => name));
  expect(new Set(runFormats.map(({ name }) => name)).size).toBe(runFormats.length);
});

test('a document is read from the ledger by the beginning of an id; a run of one operation has no steps', async () => {
  const ledger = (found: RunDocument) => ({
    run: (id: string) => Promise.resolve(found.record.id.startsWith(id) ? found.record : undefined),
    changes: (id: string, seq: number) =>
      Promise.resolve(
        id === job.record.id && seq === 0 ? { state: record.state, results: [], steps: job.steps, seq: 9 } : undefined,
      ),
  });
  expect(await readRunDocument(ledger(job), '20261123-0745')).toEqual(job);
  expect(await readRunDocument(ledger(operation), '20261123-08')).toEqual(operation);
  expect(await readRunDocument(ledger(job), 'other')).toBeUndefined();
});
