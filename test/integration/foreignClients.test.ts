import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { IpmiSimulator } from '../../src/simulators/ipmi/simulator';
import { finish, type Finished, has } from '../peers/programs';

// On a machine without these programs `npm test` names what it left out.
const isThere = ['ipmitool', 'ipmipower', 'bmc-info'].every(has);

describe.runIf(isThere).each([3, 17])('clients that nobody here wrote, on our simulator with suite %i', (suite) => {
  let simulator: IpmiSimulator;
  beforeAll(async () => {
    simulator = await IpmiSimulator.start({ bmcs: [{ on: false, suites: [suite] }] });
  });
  afterAll(async () => {
    await simulator[Symbol.asyncDispose]();
  });

  const ipmitool = (args: readonly string[], login = { user: 'admin', password: 'demo' }): Promise<Finished> => {
    const { port } = simulator.bmcs[0]!;
    const where = ['-I', 'lanplus', '-C', String(suite), '-H', '127.0.0.1', '-p', String(port)];
    return finish('ipmitool', [...where, '-N', '1', '-R', '1', '-U', login.user, '-P', login.password, ...args]);
  };
  const freeIpmi = (program: string, ...args: readonly string[]): Promise<Finished> => {
    const { port } = simulator.bmcs[0]!;
    const login = ['-u', 'admin', '-p', 'demo', '-D', 'LAN_2_0', '-I', String(suite)];
    return finish(program, ['-h', `127.0.0.1:${port}`, ...login, ...args]);
  };

  test('ipmitool turns the machine on, cycles, resets and turns it off', { timeout: 30_000 }, async () => {
    expect((await ipmitool(['chassis', 'power', 'status'])).stdout).toBe('Chassis Power is off\n');
    for (const action of ['on', 'cycle', 'reset', 'off']) {
      expect((await ipmitool(['chassis', 'power', action])).code).toBe(0);
    }
    expect(simulator.bmcs[0]!.bmc.machine.acts.splice(0)).toEqual([1, 2, 3, 0]);
    expect((await ipmitool(['chassis', 'power', 'status'])).stdout).toBe('Chassis Power is off\n');
    expect(simulator.openSessions).toBe(0);
  });

  test('ipmitool reads who made it, and is refused with a wrong password or user', { timeout: 30_000 }, async () => {
    const { stdout } = await ipmitool(['mc', 'info']);
    expect(stdout).toMatch(/Firmware Revision +: 1\.74\n/);
    expect(stdout).toMatch(/Manufacturer ID +: 10876\n/);
    const refusal = async (login: { user: string; password: string }): Promise<string> => {
      const { code, stdout: out, stderr } = await ipmitool(['-v', 'mc', 'info'], login);
      expect(code).not.toBe(0);
      return out + stderr;
    };
    expect(await refusal({ user: 'admin', password: 'nope' })).toContain('RAKP 2 HMAC is invalid');
    expect(await refusal({ user: 'nobody', password: 'demo' })).toMatch(/unauthorized name/i);
  });

  test('FreeIPMI turns the machine on and off and reads its state', { timeout: 30_000 }, async () => {
    const power = async (option: string): Promise<string> => (await freeIpmi('ipmipower', option)).stdout.trim();
    expect(await power('--on')).toBe('127.0.0.1: ok');
    expect(await power('--stat')).toBe('127.0.0.1: on');
    expect(await power('--off')).toBe('127.0.0.1: ok');
    expect(await power('--stat')).toBe('127.0.0.1: off');
    expect((await freeIpmi('bmc-info')).stdout).toMatch(/Firmware Revision +: 1\.74/);
  });
});
