import { expect, test } from 'vitest';
import { formatProblem } from '../../../../src/base/problem';
import { parseJob } from '../../../../src/jobs/file/parseJob';
import { mistakes } from './mistakes';

test.each(mistakes)('%s', (_, text, ...problems) => {
  const { job, problems: found } = parseJob(text, 'job.yaml');
  expect(found.map(formatProblem)).toEqual(problems.map((problem) => `job.yaml:${problem}`));
  expect(job).toBeUndefined();
});

test('what is underlined is exactly what is wrong', () => {
  const line = "    if: steps.wake.outcome == 'done' || computer.sit == 'oslo'";
  const { problems } = parseJob(`name: Job\ntargets: '*'\nsteps:\n  - uses: power.on\n${line}\n`, 'job.yaml');
  expect(problems.map(({ column, endColumn }) => line.slice(column - 1, endColumn - 1))).toEqual(['wake', 'sit']);
});
