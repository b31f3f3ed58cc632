import { afterAll, beforeAll, expect, test } from 'vitest';
import { App } from '../../../src/app/app';
import { silentLog } from '../../../src/base/log';
import { Secret } from '../../../src/base/secret';
import { planOperation } from '../../../src/jobs/plan';
import { type RunReport, runPlan } from '../../../src/jobs/run';
import { bootOverride } from '../../../src/operations/boot/override';
import { bmcReset } from '../../../src/operations/controller/bmcReset';
import { identify } from '../../../src/operations/identify/identify';
import type { Operation } from '../../../src/operations/operation';
import { powerCycle } from '../../../src/operations/power/cycle';
import { powerOn } from '../../../src/operations/power/on';
import { powerRestorePolicy } from '../../../src/operations/power/restorePolicy';
import { testFrontend } from '../../fakes/frontend';
import { temporaryFolder } from '../../fakes/temporaryFolder';
import { type IpmiSim, ipmiSimPassword, startIpmiSim } from '../../peers/ipmiSim';
import { has } from '../../peers/programs';

// On a machine without these programs `npm test` names what it left out.
const isThere = ['ipmi_sim', 'ipmitool', 'qemu-system-x86_64'].every(has);
const peerTest = test.runIf(isThere);
const signal = new AbortController().signal;
let sim: IpmiSim;
let app: App;
const opened: AsyncDisposable[] = [];
const state = temporaryFolder();

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

const planOf = (operation: Operation, parameters = {}) => {
  const computers = app.select(`ipmi://admin@127.0.0.1:${sim.port}?privilege=administrator`);
  return planOperation({ operation, computers, parameters, targets: '' }, app.engine);
};

async function doIt(operation: Operation, parameters = {}): Promise<RunReport['results'][number]> {
  const { results } = await runPlan(planOf(operation, parameters), app.engine, testFrontend(), {}, signal);
  return results[0]!;
}

/** What the controller asked of its machine meanwhile. */
async function calls(act: () => Promise<unknown>): Promise<readonly string[]> {
  const before = sim.calls().length;
  await act();
  return sim.calls().slice(before);
}

/** What ipmitool says that the controller tells the firmware. */
async function bootFlags(): Promise<{ readonly data: string; readonly device: string }> {
  const { stdout } = await sim.ipmitool('chassis', 'bootparam', 'get', '5');
  const field = (pattern: RegExp): string => pattern.exec(stdout)?.[1]?.trim() ?? '';
  return { data: field(/data: (\S+)/), device: field(/Boot Device Selector :(.*)/) };
}

peerTest('boot.override bios, then power.cycle: ipmitool reads the setup back', { timeout: 60_000 }, async () => {
  expect(await doIt(powerOn)).toMatchObject({ outcome: 'done' });
  expect(await bootFlags()).toMatchObject({ device: 'No override' });
  // This controller keeps the device alone, without the bit that makes it valid, and that is what is reported.
  expect(await doIt(bootOverride, { device: 'bios' })).toMatchObject({
    outcome: 'unverified',
    note: 'Accepted, but the controller holds: no override (bios, not marked as valid).',
  });
  const before = sim.machine();
  expect(await doIt(powerCycle)).toMatchObject({ outcome: 'done' });
  await expect.poll(() => sim.machine() !== undefined && sim.machine() !== before, { timeout: 20_000 }).toBe(true);
  expect(await bootFlags()).toEqual({ data: '0018000000', device: 'Force Boot into BIOS Setup' });
});

peerTest('it gets the device from us as from ipmitool', { timeout: 60_000 }, async () => {
  for (const device of ['disk', 'cd']) {
    const ours = await calls(() => doIt(bootOverride, { device }));
    const held = await bootFlags();
    expect(ours).toHaveLength(1);
    expect(await calls(() => sim.ipmitool('chassis', 'bootdev', device === 'cd' ? 'cdrom' : device))).toEqual(ours);
    expect(await bootFlags()).toEqual(held);
  }
});

peerTest('a restart waits for an override that is held', { timeout: 30_000 }, async () => {
  const asked = await calls(() => doIt(bootOverride, { device: 'pxe', power: 'reset' }));
  expect(asked).toEqual(['boot pxe']);
});

peerTest('identify lights the LED as ipmitool does', { timeout: 30_000 }, async () => {
  for (const [parameters, argument] of [
    [{ seconds: 5 }, '5'],
    [{ seconds: 0 }, '0'],
    [{ forever: true }, 'force'],
  ] as const) {
    const ours = await calls(() => doIt(identify, parameters));
    expect(ours).toHaveLength(1);
    expect(ours).toEqual(await calls(() => sim.ipmitool('chassis', 'identify', argument)));
  }
});

peerTest(
  'this controller has no restore policy: refused to ipmitool and to us, with the reason',
  { timeout: 30_000 },
  async () => {
    expect((await sim.ipmitool('chassis', 'policy', 'always-on')).code).not.toBe(0);
    expect(await doIt(powerRestorePolicy, { policy: 'always-on' })).toMatchObject({
      outcome: 'failed',
      error: { code: 'device.unsupported' },
    });
    expect(await doIt(powerRestorePolicy, { policy: 'always-off' })).toMatchObject({ outcome: 'already' });
  },
);

peerTest(
  'this controller has no resets: ipmitool claims a cold one, we pass on the refusal',
  { timeout: 30_000 },
  async () => {
    expect((await sim.ipmitool('mc', 'reset', 'cold')).stdout).toContain('Sent cold reset command to MC');
    for (const [command, warm] of [
      ['2', false],
      ['3', true],
    ] as const) {
      expect((await sim.ipmitool('raw', '6', command)).code).not.toBe(0);
      expect(await doIt(bmcReset, { warm })).toMatchObject({
        outcome: 'failed',
        error: { code: 'device.unsupported' },
      });
    }
  },
);
