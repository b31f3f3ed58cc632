import assert from 'node:assert/strict';
import { test } from 'node:test';
import { add, describeTally, oneFailed, onePassed, oneSkipped, readTap, readVitestReport, withExit } from './tally.mts';

void test('the closing line names skipped tests only when there are some', () => {
  assert.equal(describeTally(add(onePassed, onePassed)), '2 passed, 0 failed');
  assert.equal(describeTally(add(onePassed, oneFailed, oneSkipped('why'))), '1 passed, 1 failed, 1 skipped');
});

void test('a runner that ends badly with every test passed counts as one failed', () => {
  assert.equal(withExit(onePassed, { ok: false }).failed, 1);
  assert.equal(withExit(oneFailed, { ok: false }).failed, 1);
  assert.equal(withExit(onePassed, { ok: true }).failed, 0);
});

void test('in a report of Vitest a file that does not load counts as one failed', () => {
  const report = {
    testResults: [
      { name: 'broken.test.ts', status: 'failed', assertionResults: [] },
      {
        name: 'good.test.ts',
        status: 'passed',
        assertionResults: [
          { status: 'passed', fullName: 'one' },
          { status: 'failed', fullName: 'two' },
          { status: 'skipped', fullName: 'with a real BMC' },
        ],
      },
    ],
  };
  assert.deepEqual(readVitestReport(JSON.stringify(report)), {
    passed: 1,
    failed: 2,
    skipped: 1,
    notRun: ['with a real BMC'],
  });
});

void test('in a TAP report what was cancelled has failed, and a skipped test keeps its reason', () => {
  const report = [
    'TAP version 13',
    'ok 1 - opens',
    'ok 2 - closes # SKIP an earlier step failed',
    'not ok 3 - hangs',
    '# tests 4',
    '# pass 1',
    '# fail 1',
    '# cancelled 1',
    '# skipped 1',
    '# todo 0',
  ];
  assert.deepEqual(readTap(report.join('\n')), {
    passed: 1,
    failed: 2,
    skipped: 1,
    notRun: ['closes: an earlier step failed'],
  });
});
