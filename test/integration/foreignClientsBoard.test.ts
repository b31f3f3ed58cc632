import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { IpmiSimulator } from '../../src/simulators/ipmi/simulator';
import { finish, has } from '../peers/programs';
import { temporaryFolder } from '../fakes/temporaryFolder';

// On a machine without these programs `npm test` names what it left out.
const isThere = ['ipmitool', 'ipmi-sensors', 'ipmi-sel'].every(has);

describe.runIf(isThere)('what clients that nobody here wrote read of our simulated board', () => {
  const cache = temporaryFolder();
  let simulator: IpmiSimulator;
  beforeAll(async () => {
    simulator = await IpmiSimulator.start({ bmcs: [{ on: false }] });
  });
  afterAll(async () => {
    await simulator[Symbol.asyncDispose]();
    cache[Symbol.dispose]();
  });

  const ipmitool = async (...args: readonly string[]): Promise<readonly string[]> => {
    const { port } = simulator.bmcs[0]!;
    const login = ['-I', 'lanplus', '-C', '17', '-N', '1', '-R', '1', '-U', 'admin', '-P', 'demo'];
    const { stdout } = await finish('ipmitool', [...login, '-H', '127.0.0.1', '-p', String(port), ...args]);
    return stdout.trim().split('\n');
  };
  const freeIpmi = async (program: string, ...args: readonly string[]): Promise<readonly string[]> => {
    const { port } = simulator.bmcs[0]!;
    const login = ['-u', 'admin', '-p', 'demo', '-D', 'LAN_2_0', '-I', '17', '--sdr-cache-directory', cache.path, '-Q'];
    const { stdout } = await finish(program, ['-h', `127.0.0.1:${port}`, ...login, ...args]);
    return stdout.trim().split('\n');
  };

  test('sensors with their thresholds', { timeout: 30_000 }, async () => {
    const rows = await ipmitool('-c', 'sdr', 'elist', 'all');
    expect(rows).toHaveLength(11);
    expect(rows[0]).toBe('CPU Temp,24,degrees C,ok');
    expect(rows[4]).toBe('Fan 1,0,RPM,lnr');
    expect((await freeIpmi('ipmi-sensors', '--comma-separated-output', '--no-header-output'))[8]).toBe(
      "9,PSU 2 Status,Power Supply,N/A,N/A,'Presence detected' 'Power Supply input lost (AC/DC)'",
    );
    expect((await ipmitool('sensor', 'list'))[2]).toMatch(
      /^12V +\| 0\.000 +\| Volts +\| nr +\| 10\.500 +\| 10\.800 +\| 11\.100 +\| 12\.900 +\| 13\.200 +\| 13\.500/,
    );
  });

  test('the event log, until it is cleared', { timeout: 30_000 }, async () => {
    const rows = await freeIpmi('ipmi-sel', '--comma-separated-output', '--no-header-output');
    expect(rows[3]).toMatch(
      /^4,[^,]+,[^,]+,CPU Temp,Temperature,Upper Non-critical - going high ; Sensor Reading = 86\.00 C ; Threshold = 85\.00 C$/,
    );
    expect(await ipmitool('sel', 'list')).toHaveLength(5);
    await ipmitool('sel', 'clear');
    expect((await ipmitool('sel', 'info')).join('\n')).toMatch(/Entries +: 0/);
  });

  test('FRU data and boot options', { timeout: 30_000 }, async () => {
    const fru = (await ipmitool('fru', 'print', '0')).join('\n');
    expect(fru).toMatch(/Chassis Type +: Rack Mount Chassis/);
    expect(fru).toMatch(/Product Serial +: SN000001/);
    await ipmitool('chassis', 'bootdev', 'pxe', 'options=persistent');
    expect((await ipmitool('chassis', 'bootparam', 'get', '5')).join('\n')).toMatch(/Boot parameter data: c004000000/);
  });
});
