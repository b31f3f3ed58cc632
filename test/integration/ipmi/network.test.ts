import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { run } from '../../../src/cli/run';
import { IpmiSimulator } from '../../../src/simulators/ipmi/simulator';
import { testIo } from '../../fakes/io';
import { type ShownRow, showRows } from '../../fakes/showRows';
import { temporaryFolder } from '../../fakes/temporaryFolder';
import { type IpmiSim, ipmiSimPassword, startIpmiSim } from '../../peers/ipmiSim';
import { type Finished, finish, has } from '../../peers/programs';

// On a machine without these programs `npm test` names what it left out.
const isThere = ['ipmi_sim', 'ipmitool', 'ipmi-config', 'ipmi-dcmi'].every(has);

const folder = temporaryFolder();
afterAll(() => {
  folder[Symbol.dispose]();
});

function show(node: string, url: string, password: string): Promise<readonly ShownRow[]> {
  return showRows(node, url, { folder: folder.path, password });
}

/** The lines `Name : value` of a program's text. */
function fieldsOf(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...text.matchAll(/^\s*([^:\n]+?)\s*: *(.*)$/gm)].map(([, name = '', value = '']) => [name, value]),
  );
}

describe.runIf(isThere)('LAN channels and users of a real ipmi_sim, as ipmitool has set them', () => {
  let bmc: IpmiSim;
  beforeAll(async () => {
    bmc = await startIpmiSim();
    for (const words of [
      'lan set 1 ipsrc static',
      'lan set 1 ipaddr 10.1.2.3',
      'lan set 1 netmask 255.255.0.0',
      'lan set 1 macaddr 02:11:22:33:44:55',
      'lan set 1 defgw ipaddr 10.1.0.1',
      'lan set 1 vlan id 7',
      'user set name 5 backup',
      'channel setaccess 1 5 callin=off ipmi=on link=on privilege=3',
      'user set name 9 watcher',
      'user priv 9 2 1',
    ]) {
      const { code, stderr } = await bmc.ipmitool(...words.split(' '));
      expect([words, code, stderr]).toEqual([words, 0, '']);
    }
  }, 30_000);
  afterAll(() => bmc[Symbol.asyncDispose]());

  const ours = (node: string): Promise<readonly ShownRow[]> =>
    show(node, `ipmi://admin@127.0.0.1:${bmc.port}?cipherSuite=3`, ipmiSimPassword);

  test('LAN', { timeout: 30_000 }, async () => {
    const [row, ...others] = await ours('network-adapter-configuration');
    expect(others).toEqual([]);
    const [channel, mac, source, address, mask, gateway, vlan, ipv6, , , suites, warning] = row!;
    expect([channel, mac, source, address, mask, gateway, vlan, ipv6, warning]).toEqual([
      ...[1, '02:11:22:33:44:55', 'static', '10.1.2.3', '255.255.0.0', '10.1.0.1', 7, null, null],
    ]);
    const theirs = fieldsOf((await bmc.ipmitool('lan', 'print', '1')).stdout);
    expect([mac, address, mask, gateway, String(vlan)]).toEqual(
      ['MAC Address', 'IP Address', 'Subnet Mask', 'Default Gateway IP', '802.1q VLAN ID'].map((name) => theirs[name]),
    );
    expect(theirs['IP Address Source']).toBe('Static Address');
    expect(String(suites).replaceAll(' administrator', '').replaceAll(' ', '')).toBe(theirs['RMCP+ Cipher Suites']);
    expect(theirs['Cipher Suite Priv Max']).toBe('a'.repeat(String(suites).split(',').length));
  });

  test('users', { timeout: 30_000 }, async () => {
    const rows = await ours('users');
    expect(rows).toEqual([
      [2, 'admin', 1, null, 'administrator', true, false, false],
      [5, 'backup', 1, null, 'operator', true, true, false],
      [9, 'watcher', 1, null, 'user', false, false, false],
    ]);
    const theirs = (await bmc.ipmitool('user', 'list', '1')).stdout
      .split('\n')
      .map((line) => line.trim().split(/ {2,}/))
      .filter(([, name]) => name && !/^(true|false|Name.*)$/.test(name));
    expect(theirs).toEqual(
      rows.map(([id, name, , , privilege, messaging, link, callback]) => [
        ...[id, name, !callback, link, messaging].map(String),
        String(privilege).toUpperCase(),
      ]),
    );
  });

  test('FreeIPMI has the same addresses and users', { timeout: 30_000 }, async () => {
    const checkout = async (section: string): Promise<Readonly<Record<string, string>>> => {
      const { stdout } = await bmc.freeIpmi('ipmi-config', '--category=core', '--checkout', `--section=${section}`);
      return Object.fromEntries(
        [...stdout.matchAll(/^\t(\w+) +(\S+)$/gm)].map(([, name = '', value = '']) => [name, value]),
      );
    };
    const [[, mac, , address, mask, gateway] = []] = await ours('network-adapter-configuration');
    expect(await checkout('Lan_Conf')).toMatchObject({
      IP_Address_Source: 'Static',
      IP_Address: address,
      MAC_Address: mac,
      Subnet_Mask: mask,
      Default_Gateway_IP_Address: gateway,
    });
    expect(await checkout('User5')).toMatchObject({
      Username: 'backup',
      Lan_Enable_IPMI_Msgs: 'Yes',
      Lan_Enable_Link_Auth: 'Yes',
      Lan_Enable_Restricted_to_Callback: 'No',
      Lan_Privilege_Limit: 'Operator',
    });
  });

  test('sessions', { timeout: 30_000 }, async () => {
    expect(await ours('sessions')).toEqual([[1, 2, 'admin', 'user', 1, 'IPMI 2.0', null, null, true]]);
  });

  test('a password is set, and nowhere to be read', { timeout: 30_000 }, async () => {
    const env = {
      SIDEBAND_PASSWORD: ipmiSimPassword,
      SIDEBAND_STATE: folder.path,
      SIDEBAND_SECRET_NEXT_IPMI: 'correct-horse-42',
    };
    const io = testIo({ cwd: folder.path, env });
    const url = `ipmi://admin@127.0.0.1:${bmc.port}?cipherSuite=3&privilege=administrator`;
    const words = ['--user', 'backup', '--password-of', 'next', '--yes', '--json'];
    expect(await run(['do', 'user.setPassword', url, ...words], io)).toBe(0);
    // This BMC finds every password right when it is asked to test one, so the login counts.
    expect(io.stdout).toContain('"outcome": "unverified"');
    const logIn = (password: string): Promise<Finished> => bmc.ipmitoolAs('backup', password, 'mc', 'guid');
    await bmc.ipmitool('user', 'enable', '5');
    expect((await logIn('correct-horse-42')).code).toBe(0);
    expect((await logIn('correct-horse-43')).code).not.toBe(0);
    expect(io.stdout + io.stderr).not.toContain('correct-horse');
    for (const file of readdirSync(folder.path)) {
      expect(readFileSync(join(folder.path, file), 'latin1')).not.toContain('correct-horse');
    }
  });
});

describe.runIf(isThere)('what ipmi_sim does not have, on our simulated controller, as others read it', () => {
  let simulator: IpmiSimulator;
  beforeAll(async () => {
    simulator = await IpmiSimulator.start({ bmcs: [{ on: true }] });
  });
  afterAll(() => simulator[Symbol.asyncDispose]());

  const ours = (node: string): Promise<readonly ShownRow[]> =>
    show(node, `ipmi://admin@127.0.0.1:${simulator.bmcs[0]!.port}`, 'demo');
  const ipmitool = async (...words: readonly string[]): Promise<string> => {
    const login = ['-I', 'lanplus', '-C', '17', '-N', '1', '-R', '1', '-U', 'admin', '-P', 'demo', '-H', '127.0.0.1'];
    return (await finish('ipmitool', [...login, '-p', String(simulator.bmcs[0]!.port), ...words])).stdout;
  };

  test('IPv6', { timeout: 30_000 }, async () => {
    const [row] = await ours('network-adapter-configuration');
    const theirs = await ipmitool('lan6', 'print', '1');
    expect(theirs).toContain('IPv6/IPv4 Addressing Enables: both');
    const addresses = [...theirs.matchAll(/Address: +(\S+)\n +Status: +active/g)].map(([, address]) => address);
    expect(addresses).toHaveLength(2);
    expect(row!.slice(7, 12)).toEqual([
      ...['IPv4 and IPv6', addresses.join(', '), '2001:db8::1', '3 administrator, 17 administrator', null],
    ]);
  });

  test('sessions with their addresses', { timeout: 30_000 }, async () => {
    const own = (await ours('sessions')).at(-1)!;
    expect(own.slice(1)).toEqual([2, 'admin', 'user', 1, 'IPMI 2.0', '127.0.0.1', own[7], true]);
    const theirs = fieldsOf(await ipmitool('session', 'info', 'active'));
    expect([theirs['user id'], theirs['console ip'], theirs['session type']]).toEqual([
      '2',
      '127.0.0.1',
      'IPMIv2/RMCP+',
    ]);
  });

  test('firmware version and name', { timeout: 30_000 }, async () => {
    const [[version, name, override, cause] = []] = await ours('bios');
    expect((await ipmitool('mc', 'getsysinfo', 'system_fw_version')).trim()).toBe(version);
    expect((await ipmitool('mc', 'getsysinfo', 'system_name')).trim()).toBe(name);
    expect([version, override, cause]).toEqual(['Sideband Demo BIOS 2.4.1', 'no override', 'power button']);
    expect(await ipmitool('chassis', 'restart_cause')).toContain('power-up via pushbutton');
    await ipmitool('chassis', 'bootdev', 'bios', 'options=persistent,efiboot');
    expect((await ours('bios'))[0]![2]).toBe('bios always, UEFI');
  });

  test('alert destinations, with filter, policy and community', { timeout: 30_000 }, async () => {
    const env = {
      SIDEBAND_PASSWORD: 'demo',
      SIDEBAND_STATE: folder.path,
      SIDEBAND_SECRET_TRAPS_IPMI: 'seldom-public',
    };
    const io = testIo({ cwd: folder.path, env });
    const url = `ipmi://admin@127.0.0.1:${simulator.bmcs[0]!.port}?privilege=administrator`;
    const words = ['--address', '192.0.2.10', '--all-events', '--community-of', 'traps', '--yes', '--json'];
    expect([await run(['do', 'alerts.update', url, ...words], io), io.stderr]).toEqual([0, '']);
    expect(io.stdout).toContain('"outcome": "done"');
    expect(io.stdout).not.toContain('seldom-public');
    const destination = fieldsOf(await ipmitool('lan', 'alert', 'print', '1', '1'));
    expect(destination).toMatchObject({
      'Alert Acknowledge': 'Unacknowledged',
      'Destination Type': 'PET Trap',
      'Alert Gateway': 'Default',
      'Alert IP Address': '192.0.2.10',
    });
    expect(await ipmitool('pef', 'policy', 'list')).toMatch(
      /^ ?1 \| 1 \| enabled \| Match-always \| 1 \| 802\.3 LAN \| PET \| seldom-public \| 0 \| 0 \| 192\.0\.2\.10 \|/,
    );
    const filters = (await ipmitool('pef', 'filter', 'list')).trim().split('\n');
    expect(filters.at(-1)).toMatch(/^ ?16 \| enabled, configurable \| Any \| Any \|.*\| Any \| Alert \| 1$/);
  });

  test('power', { timeout: 30_000 }, async () => {
    const [row] = await ours('power-reading');
    const { port } = simulator.bmcs[0]!;
    const login = ['-h', `127.0.0.1:${port}`, '-u', 'admin', '-p', 'demo', '-D', 'LAN_2_0', '-I', '17'];
    const { stdout } = await finish('ipmi-dcmi', [...login, '--get-system-power-statistics']);
    const theirs = fieldsOf(stdout);
    expect(row!.slice(0, 5).concat(row!.slice(6))).toEqual([243, 180, 410, 251, 60, true, null, null]);
    expect([
      theirs['Current Power'],
      theirs['Minimum Power over sampling duration'],
      theirs['Maximum Power over sampling duration'],
      theirs['Average Power over sampling duration'],
      theirs['Statistics reporting time period'],
      theirs['Power Measurement'],
    ]).toEqual(['243 Watts', '180 watts', '410 watts', '251 watts', '60000 milliseconds', 'Active']);
  });
});
