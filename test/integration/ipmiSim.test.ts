import { afterAll, beforeAll, expect, test } from 'vitest';
import { App } from '../../src/app/app';
import { silentLog } from '../../src/base/log';
import { Secret } from '../../src/base/secret';
import { checkComputers } from '../../src/discovery/check';
import { planOperation } from '../../src/jobs/plan';
import { type RunReport, runPlan } from '../../src/jobs/run';
import { showNode, type Table } from '../../src/jobs/show';
import { computerSystem } from '../../src/nodes/general/computerSystem';
import { summary } from '../../src/nodes/general/summary';
import { operations } from '../../src/operations';
import { testFrontend } from '../fakes/frontend';
import { type IpmiSim, ipmiSimPassword, startIpmiSim } from '../peers/ipmiSim';
import { has } from '../peers/programs';
import { temporaryFolder } from '../fakes/temporaryFolder';

const needed = ['ipmi_sim', 'ipmitool', 'qemu-system-x86_64'];
const isThere = needed.every(has);
const signal = new AbortController().signal;
let sim: IpmiSim;
let app: App;
const opened: AsyncDisposable[] = [];
const state = temporaryFolder();

// On a machine without these programs `npm test` names what it left out.
const peerTest = test.runIf(isThere);

beforeAll(async () => {
  if (!isThere) return;
  sim = await startIpmiSim();
  opened.unshift(sim);
  const secrets = { get: () => Promise.resolve(new Secret(ipmiSimPassword)) };
  app = new App({ folder: state.path, stateFolder: state.path, secrets, log: silentLog, idleMs: 0 });
  opened.unshift(app);
}, 30_000);

afterAll(async () => {
  for (const one of opened) await one[Symbol.asyncDispose]();
  state[Symbol.dispose]();
});

const computers = (query = '') => app.select(`ipmi://admin@127.0.0.1:${sim.port}${query}`);

async function doIt(id: string, parameters = {}): Promise<RunReport['results'][number]> {
  const operation = operations.find((one) => one.id === id)!;
  const plan = planOperation({ operation, computers: computers(), parameters, targets: '' }, app.engine);
  const { results } = await runPlan(plan, app.engine, testFrontend(), {}, signal);
  return results[0]!;
}

/** What ipmitool sees, and whether the QEMU process is there. */
async function world(): Promise<{ readonly ipmitool: string; readonly machine: boolean }> {
  const { stdout } = await sim.ipmitool('chassis', 'power', 'status');
  return { ipmitool: stdout.trim(), machine: sim.machine() !== undefined };
}

const isOn = { ipmitool: 'Chassis Power is on', machine: true };
const isOff = { ipmitool: 'Chassis Power is off', machine: false };

peerTest(
  'on, cycle, reset and off: sideband, ipmitool and the QEMU process agree before and after each',
  { timeout: 60_000 },
  async () => {
    expect(await world()).toEqual(isOff);
    expect(await doIt('power.status')).toMatchObject({ outcome: 'done', value: { power: 'off' } });

    expect(await doIt('power.on')).toMatchObject({ outcome: 'done', value: { power: 'on' } });
    expect(await world()).toEqual(isOn);
    expect(await doIt('power.on')).toMatchObject({ outcome: 'already' });

    expect(await doIt('power.reset')).toMatchObject({ outcome: 'done' });
    expect(await world()).toEqual(isOn);
    expect(sim.calls().filter((call) => call === 'reset 1')).toHaveLength(1);

    const before = sim.machine();
    expect(await doIt('power.cycle')).toMatchObject({ outcome: 'done' });
    await expect.poll(() => sim.machine() !== undefined && sim.machine() !== before, { timeout: 20_000 }).toBe(true);
    expect(await world()).toEqual(isOn);
    expect(await doIt('power.status')).toMatchObject({ value: { power: 'on' } });

    expect(await doIt('power.off')).toMatchObject({ outcome: 'done', value: { power: 'off' } });
    expect(await world()).toEqual(isOff);
    expect(await doIt('power.reset')).toMatchObject({ outcome: 'failed', error: { code: 'device.state' } });
  },
);

peerTest('the summary has what the controller tells, and leaves out what it refuses', { timeout: 30_000 }, async () => {
  const { results } = await showNode(summary, computers(), app.engine, { log: silentLog }, signal);
  expect(results[0]?.error).toBeUndefined();
  const { columns, rows } = results[0]!.value as Table;
  expect(rows[0]?.[columns.indexOf('Management')]).toMatch(/^BMC \d/);
});

peerTest('device id and GUID are those that ipmitool reads', { timeout: 30_000 }, async () => {
  const { results } = await showNode(computerSystem, computers(), app.engine, { log: silentLog }, signal);
  const { columns, rows } = results[0]!.value as Table;
  const facts = Object.fromEntries(columns.map((column, index) => [column, rows[0]![index]]));
  const { stdout: info } = await sim.ipmitool('mc', 'info');
  const { stdout: guid } = await sim.ipmitool('mc', 'guid');
  expect(info).toMatch(new RegExp(`Firmware Revision +: ${String(facts.Firmware).replace('.', '\\.')}\\s`));
  expect(info).toMatch(new RegExp(`Product ID +: ${String(facts.Product)} `));
  expect(facts.GUID).toBe('efcdab89-6745-23a1-efcd-ab89674523a1'); // the configured bytes, least significant first
  expect(guid.replaceAll('-', '')).toContain(String(facts.GUID).replaceAll('-', ''));
});

peerTest(
  'this BMC has no suite 17: it falls back to 3 by itself, and says so when 17 is demanded',
  { timeout: 30_000 },
  async () => {
    const options = { concurrency: 4, timeoutMs: 20_000 };
    const [free] = await checkComputers(computers(), app.sessions, options, signal);
    expect(free).toMatchObject({ ok: true, technologies: [{ technology: 'ipmi', ok: true }] });
    const [demanding] = await checkComputers(computers('?cipherSuite=17'), app.sessions, options, signal);
    expect(demanding?.technologies[0]?.cause?.code).toBe('ipmi.cipher');
  },
);
