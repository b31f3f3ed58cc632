import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { App } from '../../../src/app/app';
import { silentLog } from '../../../src/base/log';
import { Secret } from '../../../src/base/secret';
import { type Plan, planOperation, readPlan } from '../../../src/jobs/plan';
import { type RunReport, runPlan } from '../../../src/jobs/run';
import { bootOverride } from '../../../src/operations/boot/override';
import type { Operation } from '../../../src/operations/operation';
import { powerRestorePolicy } from '../../../src/operations/power/restorePolicy';
import { IpmiSimulator } from '../../../src/simulators/ipmi/simulator';
import { testFrontend } from '../../fakes/frontend';
import { temporaryFolder } from '../../fakes/temporaryFolder';
import { finish, has } from '../../peers/programs';

// ipmi_sim keeps neither all boot flags nor a restore policy; our simulated board does, and ipmitool reads it.
// On a machine without ipmitool `npm test` names what it left out.
describe.runIf(has('ipmitool'))('what ipmitool reads of our simulated board after our operations', () => {
  const signal = new AbortController().signal;
  const state = temporaryFolder();
  let simulator: IpmiSimulator;
  let app: App;
  beforeAll(async () => {
    simulator = await IpmiSimulator.start({ bmcs: [{ on: true }] });
    const secrets = { get: () => Promise.resolve(new Secret('demo')) };
    app = new App({ folder: state.path, stateFolder: state.path, secrets, log: silentLog, idleMs: 0 });
  });
  afterAll(async () => {
    await app[Symbol.asyncDispose]();
    await simulator[Symbol.asyncDispose]();
    state[Symbol.dispose]();
  });

  const bmc = () => simulator.bmcs[0]!;
  const ipmitool = async (...args: readonly string[]): Promise<string> => {
    const login = ['-I', 'lanplus', '-C', '17', '-N', '1', '-R', '1', '-U', 'admin', '-P', 'demo'];
    return (await finish('ipmitool', [...login, '-H', '127.0.0.1', '-p', String(bmc().port), ...args])).stdout;
  };
  const planOf = (operation: Operation, parameters = {}): Plan => {
    const computers = app.select(`ipmi://admin@127.0.0.1:${bmc().port}`);
    return planOperation({ operation, computers, parameters, targets: '' }, app.engine);
  };
  const doIt = async (operation: Operation, parameters = {}): Promise<RunReport['results'][number]> => {
    const { results } = await runPlan(planOf(operation, parameters), app.engine, testFrontend(), {}, signal);
    return results[0]!;
  };
  const bootFlags = async (): Promise<string> => ipmitool('chassis', 'bootparam', 'get', '5');

  test('boot.override in ipmitool’s words', { timeout: 60_000 }, async () => {
    const cases: readonly (readonly [Record<string, unknown>, readonly string[]])[] = [
      [{ device: 'bios' }, ['Boot Flag Valid', 'only next boot', '(legacy)', ': Force Boot into BIOS Setup']],
      [{ device: 'pxe', once: false, uefi: true }, ['all future boots', 'BIOS EFI boot', ': Force PXE']],
      [{ device: 'disk' }, [': Force Boot from default Hard-Drive']],
      [{ device: 'safe-mode' }, ['Hard-Drive, request Safe-Mode']],
      [{ device: 'diagnostics' }, [': Force Boot from Diagnostic Partition']],
      [{ device: 'cd', clearCmos: true }, [': Force Boot from CD/DVD', 'CMOS Clear']],
      [{ device: 'floppy', lockKeyboard: true }, ['Floppy/primary removable media', 'Lock Keyboard']],
      [{ device: 'pxe', lockPowerButton: true, lockResetButton: true }, ['via Power Button', 'Lock out Reset Buttons']],
      [{ device: 'pxe', bypassPassword: true, verbosity: 'verbose' }, ['User password bypass', 'Request Verbose']],
      [{ device: 'none' }, ['Boot Flag Invalid', ': No override']],
    ];
    for (const [parameters, words] of cases) {
      expect(await doIt(bootOverride, parameters)).toMatchObject({ outcome: 'done' });
      const text = (await bootFlags()).replaceAll(/ +/g, ' ').toLowerCase();
      for (const word of words) expect(text).toContain(word.toLowerCase());
      expect(await doIt(bootOverride, parameters)).toMatchObject({ outcome: 'already' });
    }
  });

  test('what ipmitool sets is what a plan shows', { timeout: 30_000 }, async () => {
    await ipmitool('chassis', 'bootdev', 'cdrom', 'options=persistent,efiboot');
    const plan = await readPlan(planOf(bootOverride, { device: 'bios' }), app.engine, { log: silentLog }, signal);
    expect(plan.entries[0]).toMatchObject({ now: 'cd always, UEFI', then: 'bios once' });
  });

  test(
    'an override and the power action in one plan: the flags first, then one cycle',
    { timeout: 30_000 },
    async () => {
      const before = bmc().bmc.machine.acts.length;
      expect(await doIt(bootOverride, { device: 'bios', power: 'cycle' })).toMatchObject({
        outcome: 'done',
        value: { boot: 'bios once' },
      });
      expect(bmc().bmc.machine.acts.slice(before)).toEqual([2]);
      expect(await bootFlags()).toContain('Boot parameter data: 8018000000');
      expect(await ipmitool('chassis', 'bootparam', 'get', '3')).toContain('Boot parameter data: 08');
    },
  );

  test('power.restorePolicy in ipmitool’s words, both ways', { timeout: 30_000 }, async () => {
    for (const policy of ['always-off', 'previous', 'always-on']) {
      expect(await doIt(powerRestorePolicy, { policy })).toMatchObject({ outcome: 'done', value: { policy } });
      expect(await ipmitool('chassis', 'status')).toMatch(new RegExp(`Power Restore Policy : ${policy}\\n`));
    }
    await ipmitool('chassis', 'policy', 'previous');
    expect(await doIt(powerRestorePolicy, { policy: 'previous' })).toMatchObject({ outcome: 'already' });
  });
});
