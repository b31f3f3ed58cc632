// The script that the README shows for CI, run as it stands there against the demo fleet.
import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import { root } from './paths.mts';
import { run, start, stop } from './run.mts';

const work = mkdtempSync(join(tmpdir(), 'sb-ci-'));
const at = (...path: readonly string[]): string => join(work, ...path);
const env: NodeJS.ProcessEnv = {
  ...process.env,
  PATH: `${work}${delimiter}${process.env.PATH ?? ''}`,
  SIDEBAND_STATE: at('state'),
  SIDEBAND_SECRET_BMC_IPMI: 'demo',
  SIDEBAND_SECRET_AMT_AMT: 'demo',
  GITHUB_STEP_SUMMARY: at('summary.md'),
};
const demo = start(process.execPath, [join(root, 'dist/cli.js'), 'demo', at('fleet'), '--count', '10'], { env });

before(async () => {
  const script = /```bash\n(#!\/usr\/bin\/env bash\n# ci\.sh:[^]*?)```/.exec(
    readFileSync(join(root, 'README.md'), 'utf8'),
  );
  assert.ok(script?.[1], 'the README shows ci.sh');
  writeFileSync(at('ci.sh'), script[1]);
  writeFileSync(at('sideband'), `#!/bin/sh\nexec "${process.execPath}" "${join(root, 'dist/cli.js')}" "$@"\n`);
  chmodSync(at('sideband'), 0o755);
  assert.ok(demo.stdout);
  for await (const line of createInterface(demo.stdout)) if (line.startsWith('ready')) break;
});

after(async () => {
  await stop(demo);
  rmSync(work, { recursive: true, force: true });
});

function writeJob(name: string, targets: string): void {
  const steps = ['  - uses: power.on', '  - uses: wait.for', "    with: { power: 'on', timeout: 10s }"];
  const lines = [`name: ${name}`, `targets: '${targets}'`, 'steps:', ...steps, ''];
  writeFileSync(at('fleet', '.sideband', 'jobs', `${name}.yaml`), lines.join('\n'));
}

/** What the shell says, in the folder of the fleet. */
async function shell(command: string): Promise<string> {
  const { output } = await run('bash', ['-c', command], { cwd: at('fleet'), env, timeoutMs: 60_000 });
  return output;
}

const ci = (job: string): Promise<string> => shell(`JOB=${job} bash ../ci.sh; echo "exit $?"`);
const approve = (job: string): Promise<string> => shell(`sideband job plan ${job} --json > ${job}.plan.json`);

void test('what was approved is done, and JUnit, SARIF, the plan and a summary are left', async () => {
  writeJob('wake', 'berlin-01 oslo-01');
  await approve('wake');
  const output = await ci('wake');
  assert.match(output, /all done\nexit 0\n$/);
  assert.match(readFileSync(at('fleet', 'junit.xml'), 'utf8'), /<testsuites name="wake" tests="4" failures="0"/);
  assert.match(readFileSync(at('fleet', 'findings.sarif'), 'utf8'), /"version": "2\.1\.0"/);
  assert.match(readFileSync(at('fleet', 'plan.md'), 'utf8'), /^# Plan: wake\n/);
  assert.match(readFileSync(at('summary.md'), 'utf8'), /^## wake\n/);
});

void test('a computer that fails is exit code 1', async () => {
  writeJob('dead', 'berlin-01 puzzle-6');
  await approve('dead');
  assert.match(await ci('dead'), /some failed: sideband rerun last --failed --yes\nexit 1\n$/);
  assert.match(readFileSync(at('fleet', 'junit.xml'), 'utf8'), /<testsuites name="dead" tests="4" failures="1"/);
});

void test('a world that has moved since is exit code 4, and what moved is told', async () => {
  writeJob('moved', 'oslo-01');
  await approve('moved');
  await shell('sideband do power.off oslo-01 --yes');
  const output = await ci('moved');
  assert.match(output, /moved: oslo-01 step-1: was on → on by IPMI, is off → on by IPMI/);
  assert.match(
    output,
    /refused: the world has moved since the plan was approved, or the policy is against it\nexit 4\n$/,
  );
});

void test('a mistake in any job is exit code 2, at its place, and nothing is done', async () => {
  rmSync(at('fleet', 'junit.xml'));
  const broken = at('fleet', '.sideband', 'jobs', 'broken.yaml');
  writeFileSync(broken, "name: Broken\ntargets: '*'\nsteps:\n  - uses: power.offf\n");
  const output = await ci('wake');
  assert.match(output, /^\.sideband\/jobs\/broken\.yaml:4:11: .*Did you mean "power\.off"\?/m);
  assert.match(output, /exit 2\n$/);
  assert.ok(!existsSync(at('fleet', 'junit.xml')));
});
