/** What a stage of the test run came to. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** What could not run, and why; one line each. */
  readonly notRun: readonly string[];
}

export const nothing: Tally = { passed: 0, failed: 0, skipped: 0, notRun: [] };

export const onePassed: Tally = { ...nothing, passed: 1 };
export const oneFailed: Tally = { ...nothing, failed: 1 };
export const oneSkipped = (why: string): Tally => ({ ...nothing, skipped: 1, notRun: [why] });

export function add(...tallies: readonly Tally[]): Tally {
  return tallies.reduce(
    (sum, next) => ({
      passed: sum.passed + next.passed,
      failed: sum.failed + next.failed,
      skipped: sum.skipped + next.skipped,
      notRun: [...sum.notRun, ...next.notRun],
    }),
    nothing,
  );
}

/** The closing line of a test run. */
export function describeTally({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/** A runner that ends badly although each of its tests passed has failed nevertheless: an unhandled error, a time-out. */
export function withExit(tally: Tally, exit: { readonly ok: boolean }): Tally {
  return !exit.ok && tally.failed === 0 ? add(tally, oneFailed) : tally;
}

interface VitestReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

/** Reads Vitest's JSON report. A file that could not be loaded counts as one failed test. */
export function readVitestReport(text: string): Tally {
  const { testResults } = JSON.parse(text) as VitestReport;
  return add(
    ...testResults.flatMap(({ status, assertionResults }) => {
      if (assertionResults.length === 0) return status === 'passed' ? [] : [oneFailed];
      return assertionResults.map((test) => {
        if (test.status === 'passed') return onePassed;
        return test.status === 'failed' ? oneFailed : oneSkipped(test.fullName);
      });
    }),
  );
}

/** Reads the closing lines and the skipped tests of a TAP report by node:test. */
export function readTap(text: string): Tally {
  const count = (word: string): number => Number(new RegExp(`^# ${word} (\\d+)$`, 'm').exec(text)?.[1] ?? 0);
  const skips = [...text.matchAll(/^\s*ok \d+ - (.*?) # SKIP ?(.*)$/gm)];
  return {
    passed: count('pass'),
    failed: count('fail') + count('cancelled'),
    skipped: count('skipped') + count('todo'),
    notRun: skips.map(([, name = '', why = '']) => (why === '' ? name : `${name}: ${why}`)),
  };
}
