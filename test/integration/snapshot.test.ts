import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { run } from '../../src/cli/run';
import { IpmiSimulator, type SimulatedBmcOptions } from '../../src/simulators/ipmi/simulator';
import { testIo } from '../fakes/io';
import { temporaryFolder } from '../fakes/temporaryFolder';

let folder: ReturnType<typeof temporaryFolder>;
let simulator: IpmiSimulator | undefined;

beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(async () => {
  await simulator?.[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

/** `order`: which simulated controller each of the computers lab-1, lab-2 … is. */
function writeFleet({ bmcs }: IpmiSimulator, order: readonly number[]): void {
  const lines = order.map((which, index) => {
    const { address, port } = bmcs[which]!;
    return `  lab-${index + 1}: { host: ${address}, ports: { ipmi: ${port} }, profile: bmc }\n`;
  });
  mkdirSync(join(folder.path, '.sideband'), { recursive: true });
  const head = 'version: 1\nprofiles:\n  bmc: { ipmi: { user: admin } }\ncomputers:\n';
  writeFileSync(join(folder.path, '.sideband', 'fleet.yaml'), head + lines.join(''));
}

async function start(...bmcs: readonly SimulatedBmcOptions[]): Promise<IpmiSimulator> {
  simulator = await IpmiSimulator.start({ bmcs });
  return simulator;
}

async function sideband(...argv: readonly string[]) {
  const env = { SIDEBAND_SECRET_BMC_IPMI: 'demo', SIDEBAND_STATE: join(folder.path, 'state') };
  const io = testIo({ cwd: folder.path, env });
  return { code: await run(argv, io), stdout: io.stdout, stderr: io.stderr };
}

const fileOf = (computer: string): string =>
  readFileSync(join(folder.path, '.sideband', 'snapshots', `${computer}.yaml`), 'utf8');

test('what a computer consists of is written, compared, and a swapped board is told in words', async () => {
  const fleet = await start({}, {});
  writeFleet(fleet, [0]);
  const written = await sideband('snapshot', '*');
  expect(written).toEqual({ code: 0, stdout: '.sideband/snapshots/lab-1.yaml\n', stderr: '1 written\n' });
  expect(fileOf('lab-1')).toContain('  motherboard:\n    - Manufacturer: Sideband Demo\n');
  expect(fileOf('lab-1')).not.toContain('Power:');
  expect(await sideband('snapshot', '*')).toEqual({ code: 0, stdout: '', stderr: '1 unchanged\n' });
  expect(await sideband('snapshot', '*', '--check')).toMatchObject({ code: 0, stderr: '1 same\n' });
  writeFleet(fleet, [1]);
  const checked = await sideband('snapshot', '*', '--check', '--node', 'motherboard');
  expect(checked.code).toBe(1);
  expect(checked.stdout).toBe(
    'lab-1: Motherboard: Serial number BSN000001 → BSN000002, Chassis serial number CSN000001 → CSN000002, System serial number SN000001 → SN000002\n',
  );
  expect(checked.stderr).toBe('1 different: lab-1\n');
  expect(fileOf('lab-1')).toContain('BSN000001');
});

test('a node that was asked for once stays in the snapshot, and one node leaves the others alone', async () => {
  writeFleet(await start({ sensors: 1 }), [0]);
  await sideband('snapshot', 'lab-1');
  const before = fileOf('lab-1');
  await sideband('snapshot', 'lab-1', '--node', 'sessions');
  expect(fileOf('lab-1')).toContain('\n  sessions:\n');
  expect(fileOf('lab-1').length).toBeGreaterThan(before.length);
  await sideband('snapshot', 'lab-1');
  expect(fileOf('lab-1')).toContain('\n  sessions:\n');
});

test('a computer that does not answer keeps its snapshot, and makes the command fail; so does one without a snapshot', async () => {
  const fleet = await start({}, {});
  writeFleet(fleet, [0, 1]);
  await sideband('snapshot', 'lab-1');
  const kept = fileOf('lab-1');
  fleet.bmcs[0]!.network = { silent: true };
  const failed = await sideband('snapshot', '*', '--timeout', '1s');
  expect(failed).toMatchObject({ code: 1, stdout: '.sideband/snapshots/lab-2.yaml\n' });
  expect(failed.stderr).toMatch(/^lab-1: (connect|operation)\.timeout: .*\n1 failed, 1 written\n$/);
  expect(fileOf('lab-1')).toBe(kept);
  fleet.bmcs[0]!.network = {};
  writeFleet(fleet, [0, 0, 1]);
  const report = await sideband('snapshot', 'lab-3', '--check', '--json');
  expect(report.code).toBe(1);
  expect(JSON.parse(report.stdout)).toEqual({ results: [{ computer: 'lab-3', ok: false, state: 'missing' }] });
});

test('the format of show is a file’s text', async () => {
  writeFleet(await start({}), [0]);
  const shown = await sideband('show', 'motherboard', 'lab-1', '--format', 'csv');
  expect(shown.stdout).toMatch(
    /^Computer,Manufacturer,Product,.*,Error\r\nlab-1,Sideband Demo,Rack Server Board,BSN000001,/,
  );
  expect((await sideband('show', 'motherboard', 'lab-1', '--format', 'md')).stdout).toMatch(/^# Motherboard\n/);
  expect(await sideband('show', 'motherboard', 'lab-1', '--format', 'mdd')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('Did you mean "md"?') as string,
  });
  expect((await sideband('show', 'motherboard', 'lab-1', '--format', 'md', '--json')).code).toBe(2);
});
