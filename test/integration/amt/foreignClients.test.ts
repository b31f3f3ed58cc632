import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AmtSimulator } from '../../../src/simulators/amt/simulator';
import { temporaryFolder } from '../../fakes/temporaryFolder';
import { finish, type Finished, has } from '../../peers/programs';

// On a machine without these programs `npm test` names what it left out.
const hasWsl = ['wsl', 'curl', 'xmllint', 'uuidgen'].every(has);
const limit = { timeout: 60_000 };

/** wsl goes through its files line by line. */
const serviceReference = `<wsa:EndpointReference>
<wsa:Address>http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</wsa:Address>
<wsa:ReferenceParameters>
<wsman:ResourceURI>http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_PowerManagementService</wsman:ResourceURI>
<wsman:SelectorSet>
<wsman:Selector Name="Name">Intel(r) AMT Power Management Service</wsman:Selector>
</wsman:SelectorSet>
</wsa:ReferenceParameters>
</wsa:EndpointReference>
`;
const computerReference = `<wsa:EndpointReference>
<wsa:Address>http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</wsa:Address>
<wsa:ReferenceParameters>
<wsman:ResourceURI>http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ComputerSystem</wsman:ResourceURI>
<wsman:SelectorSet>
<wsman:Selector Name="CreationClassName">CIM_ComputerSystem</wsman:Selector>
<wsman:Selector Name="Name">ManagedSystem</wsman:Selector>
</wsman:SelectorSet>
</wsa:ReferenceParameters>
</wsa:EndpointReference>
`;

describe.runIf(hasWsl).each([
  { profile: '12.0', how: 'without TLS' },
  { profile: '16.1', how: 'with TLS' },
] as const)('wsl, a WS-Management client of Dell, on our AMT $profile $how', ({ profile }) => {
  let simulator: AmtSimulator;
  let folder: ReturnType<typeof temporaryFolder>;
  beforeAll(async () => {
    simulator = await AmtSimulator.start({ devices: [{ profile, hostName: 'lab-01' }] });
    folder = temporaryFolder();
    await writeFile(join(folder.path, '.curlrc'), 'digest\n');
    await writeFile(join(folder.path, 'service.xml'), serviceReference);
    await writeFile(join(folder.path, 'computer.xml'), computerReference);
  });
  afterAll(async () => {
    await simulator[Symbol.asyncDispose]();
    folder[Symbol.dispose]();
  });

  const wsl = (args: readonly string[], password = 'demo'): Promise<Finished> => {
    const { port, tlsPort } = simulator.devices[0]!;
    return finish('wsl', args, {
      HOME: folder.path,
      OUTPREFIX: folder.path,
      KEEPHISTORY: '0',
      WSAUTOMATED: 'true',
      WSENDPOINT: `127.0.0.1:${port > 0 ? port : tlsPort}`,
      ...(port > 0 && { WSNOSSL: 'true' }),
      WSUSER: 'admin',
      WSPASS: password,
    });
  };
  const power = async (): Promise<string | undefined> => {
    const { stdout } = await wsl(['get', 'CIM_AssociatedPowerManagementService']);
    return /<g:PowerState>(\d+)</.exec(stdout)?.[1];
  };
  const request = async (state: number): Promise<string | undefined> => {
    const parameters = [`PowerState=${state}`, `ManagedElement=FILE:${join(folder.path, 'computer.xml')}`];
    const where = ['-inst', join(folder.path, 'service.xml')];
    const what = ['CIM_PowerManagementService', 'RequestPowerStateChange'];
    const { stdout } = await wsl(['invoke', ...what, ...parameters, ...where]);
    return /<g:ReturnValue>(\d+)</.exec(stdout)?.[1];
  };

  test('reads the power and switches it off and on', limit, async () => {
    expect(await power()).toBe('2');
    expect(await request(8)).toBe('0');
    expect(await power()).toBe('8');
    expect(simulator.devices[0]!.device.machine.power).toBe(8);
    expect(await request(10)).toBe('4097'); // what is off cannot be reset
    expect(await request(2)).toBe('0');
    expect(await power()).toBe('2');
    expect(simulator.devices[0]!.calls).toMatchObject([
      { method: 'RequestPowerStateChange', parameters: { PowerState: '8' } },
      { method: 'RequestPowerStateChange', parameters: { PowerState: '2' } },
    ]);
  });

  test('reads the general settings, and every memory module through an enumeration', limit, async () => {
    const { stdout } = await wsl(['get', 'http://intel.com/wbem/wscim/1/amt-schema/1/AMT_GeneralSettings']);
    expect(stdout).toContain('<g:HostName>lab-01</g:HostName>');
    expect(stdout).toMatch(/<g:DigestRealm>Digest:[0-9A-F]{32}</);
    const memory = await wsl(['enum', 'CIM_PhysicalMemory']);
    expect([...memory.stdout.matchAll(/<h:BankLabel>(.*?)</g)].map(([, bank]) => bank)).toEqual(['BANK 0', 'BANK 2']);
  });

  test('is refused with a wrong password', limit, async () => {
    const before = simulator.devices[0]!.counters.loginsRejected;
    const { stdout } = await wsl(['get', 'CIM_Chassis'], 'wrong');
    expect(stdout).not.toContain('Envelope');
    expect(simulator.devices[0]!.counters.loginsRejected).toBe(before + 1);
    expect(simulator.devices[0]!.device.errors).toEqual([]);
  });
});

describe.runIf(has('curl'))('curl, with digest logins, on our AMT', () => {
  const chassis = `<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"
    xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing" xmlns:w="http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd">
    <s:Header><a:Action>http://schemas.xmlsoap.org/ws/2004/09/transfer/Get</a:Action><a:To>/wsman</a:To>
    <w:ResourceURI>http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_Chassis</w:ResourceURI>
    <a:MessageID>3</a:MessageID></s:Header><s:Body/></s:Envelope>`;

  test.each([
    { qop: 'auth', tear: 0 },
    { qop: 'auth,auth-int', tear: 7 },
  ] as const)('offered $qop it logs in and reads an answer', limit, async ({ qop, tear }) => {
    await using simulator = await AmtSimulator.start({ devices: [{ qop }] });
    const [device] = simulator.devices;
    if (tear > 0) for (const _ of [1, 2]) device!.faults.tearChunks(tear);
    const url = `http://127.0.0.1:${device!.port}/wsman`;
    const { stdout } = await finish('curl', ['-sS', '--digest', '-u', 'admin:demo', '--data-binary', chassis, url]);
    expect(stdout).toContain('<b:RelatesTo>3</b:RelatesTo>');
    expect(stdout).toContain('<g:Model>NUC9V7QNX</g:Model>');
    expect(stdout).toMatch(/<\/a:Envelope>$/);
    expect(device!.counters).toMatchObject({ connections: 2, requests: 2, loginsRejected: 0 });
  });

  test('chunked requests are taken too', limit, async () => {
    await using simulator = await AmtSimulator.start();
    const url = `http://127.0.0.1:${simulator.devices[0]!.port}/wsman`;
    const login = ['-sS', '--digest', '-u', 'admin:demo', '-H', 'Transfer-Encoding: chunked'];
    const { stdout } = await finish('curl', [...login, '--data-binary', chassis, url]);
    expect(stdout).toContain('<g:Model>NUC9V7QNX</g:Model>');
  });
});
