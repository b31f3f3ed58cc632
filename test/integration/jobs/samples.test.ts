import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { demoJobs } from '../../../src/app/demoJobs';
import { run } from '../../../src/cli/run';
import { testIo } from '../../fakes/io';
import { temporaryFolder } from '../../fakes/temporaryFolder';
import { freeUdpPort } from '../../peers/freePort';
import { type IpmiSim, ipmiSimPassword, startIpmiSim } from '../../peers/ipmiSim';
import { has } from '../../peers/programs';

// On a machine without these programs `npm test` names what it left out.
const isThere = ['ipmi_sim', 'ipmitool', 'qemu-system-x86_64'].every(has);
const peerTest = test.runIf(isThere);

/** Of these real controllers one computer is on, and two are off. */
const names = ['lab-01', 'lab-02', 'lab-03'] as const;
const found = { 'lab-01': 'off', 'lab-02': 'on', 'lab-03': 'off' };
const controllers = new Map<string, IpmiSim>();
let folder: ReturnType<typeof temporaryFolder>;

const cycleJob = `name: Cycle and restore
targets: 'lab-*'
steps:
  - id: wake
    uses: power.on
  - uses: wait.for
    with: { power: 'on', timeout: 30s }
  - uses: power.cycle
finally:
  - uses: power.restore
    with: { from: wake }
`;

beforeAll(async () => {
  folder = temporaryFolder();
  if (!isThere) return;
  for (const name of names) controllers.set(name, await startIpmiSim());
  await controllers.get('lab-02')?.ipmitool('chassis', 'power', 'on');
  const jobs = join(folder.path, '.sideband', 'jobs');
  mkdirSync(jobs, { recursive: true });
  for (const [file, text] of Object.entries(demoJobs)) writeFileSync(join(jobs, file), text);
  writeFileSync(join(jobs, 'cycle.yaml'), cycleJob);
  const computers = [
    ...[...controllers].map(([name, { port }]) => [name, port] as const),
    ['silent-01', await freeUdpPort()] as const,
  ];
  const lines = computers.map(([name, port]) => {
    const site = name.startsWith('lab') ? 'oslo' : 'berlin';
    return `  ${name}: { host: 127.0.0.1, ports: { ipmi: ${port} }, profile: bmc, tags: { site: ${site}, rack: r1 } }`;
  });
  const fleet = `version: 1\nprofiles: { bmc: { ipmi: { user: admin } } }\ncomputers:\n${lines.join('\n')}\n`;
  writeFileSync(join(folder.path, '.sideband', 'fleet.yaml'), fleet);
}, 60_000);

afterAll(async () => {
  for (const controller of controllers.values()) await controller[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function sideband(...argv: readonly string[]): Promise<Ended> {
  const env = { SIDEBAND_SECRET_BMC_IPMI: ipmiSimPassword, SIDEBAND_STATE: join(folder.path, 'state') };
  const io = testIo({ cwd: folder.path, env });
  const code = await run(argv, io);
  return { code, stdout: io.stdout, stderr: io.stderr };
}

/** The outcome of each step, by computer, as `--json` has them. */
function outcomesOf({ stdout }: Ended): Readonly<Record<string, readonly string[]>> {
  const { computers } = JSON.parse(stdout) as {
    readonly computers: readonly {
      readonly computer: string;
      readonly steps: readonly { readonly outcome: string }[];
    }[];
  };
  return Object.fromEntries(computers.map(({ computer, steps }) => [computer, steps.map(({ outcome }) => outcome)]));
}

/** What ipmitool sees, and whether the QEMU process is there. */
async function world(): Promise<Readonly<Record<string, string>>> {
  const states: [string, string][] = [];
  for (const [name, controller] of controllers) {
    const { stdout } = await controller.ipmitool('chassis', 'power', 'status');
    const power = stdout.trim().replace('Chassis Power is ', '');
    const isRunning = controller.machine() !== undefined;
    states.push([name, isRunning === (power === 'on') ? power : `${power}, and its machine is not`]);
  }
  return Object.fromEntries(states);
}

function calls(): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries([...controllers].map(([name, controller]) => [name, controller.calls()]));
}

/** What was asked of each machine since. */
function callsSince(before: ReturnType<typeof calls>): ReturnType<typeof calls> {
  return Object.fromEntries(Object.entries(calls()).map(([name, now]) => [name, now.slice(before[name]?.length)]));
}

peerTest('wake, patch, restore: every computer ends as it was found', { timeout: 90_000 }, async () => {
  const before = calls();
  expect(await world()).toEqual(found);
  const report = join(folder.path, 'out', 'junit.xml');
  const ended = await sideband('job', 'run', 'patch', '--yes', '--json', '--report', `junit=${report}`);
  expect(ended.stderr).toBe('');
  expect(ended.code).toBe(0);
  // This controller takes an override and never says that it holds it, so the power is left alone.
  expect(outcomesOf(ended)).toEqual({
    'lab-01': ['done', 'done', 'unverified', 'done', 'done'],
    'lab-02': ['already', 'done', 'unverified', 'done', 'already'],
    'lab-03': ['done', 'done', 'unverified', 'done', 'done'],
  });
  expect(await world()).toEqual(found);
  expect(callsSince(before)).toEqual({
    'lab-01': ['power 1', 'boot pxe', 'power 0'],
    'lab-02': ['boot pxe'],
    'lab-03': ['power 1', 'boot pxe', 'power 0'],
  });
  expect(readFileSync(report, 'utf8')).toContain('tests="15" failures="0" errors="0"');
  const { stdout } = await sideband('runs');
  expect(stdout).toMatch(/\.sideband\/jobs\/patch\.yaml +site=oslo !puzzle-\* +finished +3 unverified$/m);
});

peerTest('a power cycle that still goes on does not take the restoring in', { timeout: 90_000 }, async () => {
  const before = calls();
  const ended = await sideband('job', 'run', 'cycle', '--yes', '--json');
  expect(ended.code).toBe(0);
  await expect.poll(world, { timeout: 20_000, interval: 500 }).toEqual(found);
  expect(callsSince(before)).toEqual({
    'lab-01': ['power 1', 'power 0', 'power 1', 'power 0'],
    'lab-02': ['power 0', 'power 1'],
    'lab-03': ['power 1', 'power 0', 'power 1', 'power 0'],
  });
});

peerTest('BIOS setup of a rack: what fails is done again, and only that', { timeout: 90_000 }, async () => {
  const first = await sideband('job', 'run', 'bios-setup', '--yes', '--json');
  expect(first.code).toBe(1);
  expect(outcomesOf(first)).toEqual({
    'lab-01': ['done', 'skipped', 'unverified', 'done'],
    'lab-02': ['done', 'unverified', 'skipped', 'done'],
    'lab-03': ['done', 'skipped', 'unverified', 'done'],
    'silent-01': ['failed', 'skipped', 'skipped', 'skipped'],
  });
  const again = await sideband('rerun', 'last', '--failed', '--yes', '--json');
  expect(again.code).toBe(1);
  expect(Object.keys(outcomesOf(again))).toEqual(['silent-01']);
  expect(await world()).toEqual(found);
});

peerTest('quarantine: what only AMT offers is skipped, and says so', { timeout: 60_000 }, async () => {
  const ended = await sideband('job', 'run', 'quarantine', '--input', 'who=lab-*', '--yes');
  expect(ended.code).toBe(1);
  expect(ended.stdout.match(/skipped +operation\.impossible: step filter: .* is offered by AMT/g)).toHaveLength(3);
});

peerTest('inventory report: a table of what the controllers tell', { timeout: 60_000 }, async () => {
  const report = join(folder.path, 'inventory.csv');
  const ended = await sideband('job', 'run', 'inventory', '--targets', 'lab-*', '--report', `csv=${report}`);
  expect(ended.stderr).toMatch(/3 done in/);
  expect(ended.code).toBe(0);
  const rows = readFileSync(report, 'utf8').trimEnd().split('\r\n');
  expect(rows).toHaveLength(7);
  expect(rows[1]).toMatch(/^lab-01,summary,Summary,inventory\.read,done,ipmi,1,\d+,.*,off,.*,BMC 9\.08,/);
  expect(rows[2]).toMatch(/^lab-01,step-2,Memory,inventory\.read,skipped,ipmi,1,\d+,,,,operation\.impossible,/);
});
