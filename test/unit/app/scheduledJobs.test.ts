import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readScheduledJobs } from '../../../src/app/scheduledJobs';
import { formatProblem } from '../../../src/base/problem';
import { parseFleet } from '../../../src/fleet/fleetFile';
import { technologies } from '../../../src/technologies';
import { temporaryFolder } from '../../fakes/temporaryFolder';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => {
  folder[Symbol.dispose]();
});

const fleetText = `version: 1
profiles: { bmc: { ipmi: { user: admin } } }
computers: { lab-01: { host: 10.0.0.1, profile: bmc } }
`;

async function read(files: Readonly<Record<string, string>>) {
  for (const [name, text] of Object.entries(files)) {
    const file = join(folder.path, '.sideband', 'jobs', name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  const { fleet } = parseFleet(fleetText, 'fleet.yaml', technologies);
  const { jobs, problems } = await readScheduledJobs(folder.path, { fleet: fleet ?? expect.fail('a mistake') });
  return { jobs, problems: problems.map((problem) => formatProblem(problem).replace(`${folder.path}/`, '')) };
}

const steps = 'steps: [{ uses: power.status }]\n';

test('jobs with a schedule, with its time zone and windows', async () => {
  const { jobs, problems } = await read({
    'by-hand.yaml': `name: By hand\ntargets: '*'\n${steps}`,
    'nightly/patch.yaml': `name: Patch
targets: '*'
timezone: Europe/Berlin
schedule: { cron: 0 2 * * sat, missed: once }
windows: [{ from: '01:00', to: '05:00' }]
${steps}`,
  });
  expect(problems).toEqual([]);
  expect(jobs).toEqual([
    {
      file: '.sideband/jobs/nightly/patch.yaml',
      title: 'Patch',
      schedule: { cron: '0 2 * * sat', timezone: 'Europe/Berlin', missed: 'once' },
      windows: [{ from: 60, to: 300, timezone: 'Europe/Berlin' }],
    },
  ]);
});

test('a job with a mistake is told and left out, and the others are not', async () => {
  const { jobs, problems } = await read({
    'a.yaml': `name: A\ntargets: '*'\nschedule: 0 25 * * *\n${steps}`,
    'b.yaml': `name: B\ntargets: '*'\nschedule: 0 2 * * *\ninputs: { image: { type: string } }\n${steps}`,
    'c.yaml': `name: C\ntargets: '*'\nschedule: 0 2 * * *\n${steps}`,
  });
  expect(jobs.map(({ title }) => title)).toEqual(['C']);
  expect(problems).toEqual([
    '.sideband/jobs/a.yaml:3:11: hour: a number from 0 to 23 is expected, not "25"',
    '.sideband/jobs/b.yaml:4:11: "image" needs a default: nobody is asked when the job runs by its schedule',
  ]);
});

test('a folder without jobs has none', async () => {
  expect(await read({})).toEqual({ jobs: [], problems: [] });
});
