import { expect, test } from 'vitest';
import { amtRemoteAccess } from '../../../../src/operations/amt/remoteAccess';
import { AmtStub, recorded, referenceTo, returned, type StubAnswer, thenOf } from '../../../fakes/amtStub';

interface Held {
  readonly number: number;
  readonly address: string;
  user: string;
  readonly name?: string;
}
const nameOf = ({ number }: Held): string => `Intel(r) AMT:Management Presence Server ${number}`;
const textOf = (body: string, name: string): string => new RegExp(`r:${name}>([^<]*)<`).exec(body)?.[1] ?? '';

/** Keeps servers and rules as AMT does: rules by their trigger, with their servers. */
function device(
  servers: Held[] = [],
  rules = new Map<string, { trigger: string; extended: string; servers: string[] }>(),
) {
  const ruleNames = ['User Initiated', 'Alert', 'Periodic'];
  const lists: Record<string, () => string> = {
    AMT_ManagementPresenceRemoteSAP: () =>
      servers
        .map(
          (one) =>
            `<h:AMT_ManagementPresenceRemoteSAP><h:AccessInfo>${one.address}</h:AccessInfo><h:CN>${one.name ?? one.address}</h:CN><h:Name>${nameOf(one)}</h:Name><h:Port>4433</h:Port></h:AMT_ManagementPresenceRemoteSAP>`,
        )
        .join(''),
    AMT_MPSUsernamePassword: () =>
      servers
        .map(
          ({ number, user }) =>
            `<h:AMT_MPSUsernamePassword><h:InstanceID>Intel(r) AMT:MPS Username Password ${number}</h:InstanceID><h:RemoteID>${user}</h:RemoteID></h:AMT_MPSUsernamePassword>`,
        )
        .join(''),
    AMT_RemoteAccessPolicyRule: () =>
      [...rules]
        .map(
          ([name, { trigger, extended }]) =>
            `<h:AMT_RemoteAccessPolicyRule>${extended === '' ? '' : `<h:ExtendedData>${extended}</h:ExtendedData>`}<h:PolicyRuleName>${name}</h:PolicyRuleName><h:Trigger>${trigger}</h:Trigger><h:TunnelLifeTime>0</h:TunnelLifeTime></h:AMT_RemoteAccessPolicyRule>`,
        )
        .join(''),
    AMT_RemoteAccessPolicyAppliesToMPS: () =>
      [...rules]
        .flatMap(([name, rule]) =>
          rule.servers.map(
            (server, order) =>
              `<h:AMT_RemoteAccessPolicyAppliesToMPS><h:ManagedElement>${referenceTo('AMT_ManagementPresenceRemoteSAP', { Name: server })}</h:ManagedElement><h:OrderOfAccess>${order}</h:OrderOfAccess><h:PolicySet>${referenceTo('AMT_RemoteAccessPolicyRule', { PolicyRuleName: name })}</h:PolicySet></h:AMT_RemoteAccessPolicyAppliesToMPS>`,
          ),
        )
        .join(''),
  };
  const answers: Record<string, StubAnswer> = {
    'Get AMT_RemoteAccessCapabilities': recorded('amt/remoteaccess/capabilities/get.xml'),
    'Get AMT_UserInitiatedConnectionService': recorded('amt/userinitiatedconnection/get.xml'),
    'AMT_RemoteAccessService.AddMpServer': (body) => {
      const [address, user] = [textOf(body, 'AccessInfo'), textOf(body, 'Username')];
      servers.push({ number: servers.length, address, user, name: textOf(body, 'CN') || address });
      return returned('AddMpServer', 0);
    },
    'AMT_RemoteAccessService.AddRemoteAccessPolicyRule': (body) => {
      const trigger = textOf(body, 'Trigger');
      const used = [...body.matchAll(/Name="Name">([^<]*)</g)].map(([, server = '']) => server);
      rules.set(ruleNames[Number(trigger)] ?? '', { trigger, extended: textOf(body, 'ExtendedData'), servers: used });
      return returned('AddRemoteAccessPolicyRule', 0);
    },
  };
  for (const [name, items] of Object.entries(lists)) answers[`Enumerate ${name}`] = items;
  const stub = new AmtStub(answers);
  for (const name of ruleNames) {
    stub.answers.set(`Delete AMT_RemoteAccessPolicyRule PolicyRuleName=${name}`, () => (rules.delete(name), ''));
  }
  for (const server of servers) {
    const key = nameOf(server);
    stub.answers.set(`Delete AMT_ManagementPresenceRemoteSAP Name=${key}`, () => {
      servers.splice(servers.indexOf(server), 1);
      return '';
    });
  }
  stub.storedPassword = 'Str0ng!pass';
  return { stub, servers, rules };
}
const wanted = { server: 'mps.example', user: 'device', passwordOf: 'mps' };

test('first the server, then the policy that leads to it; the second run finds both', async () => {
  const { stub } = device();
  const given = { ...wanted, policies: 'periodic', every: '25s' };
  await expect(stub.now(amtRemoteAccess, given)).resolves.toBe('no server mps.example:4433');
  expect(thenOf(amtRemoteAccess, given)).toBe('server mps.example:4433 as device; periodic every 25 s');
  await expect(stub.run(amtRemoteAccess, given)).resolves.toMatchObject({
    outcome: 'done',
    value: { changed: ['server mps.example', 'policy periodic'] },
  });
  expect(stub.changes).toEqual([
    'AMT_RemoteAccessService.AddMpServer: <r:AddMpServer_INPUT><r:AccessInfo>mps.example</r:AccessInfo><r:InfoFormat>201</r:InfoFormat><r:Port>4433</r:Port><r:AuthMethod>2</r:AuthMethod><r:Username>device</r:Username><r:Password>Str0ng!pass</r:Password></r:AddMpServer_INPUT>',
    'AMT_RemoteAccessService.AddRemoteAccessPolicyRule: <r:AddRemoteAccessPolicyRule_INPUT><r:Trigger>2</r:Trigger><r:TunnelLifeTime>0</r:TunnelLifeTime><r:ExtendedData>AAAAAAAAABk=</r:ExtendedData><r:MpServer><a:Address>http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</a:Address><a:ReferenceParameters><w:ResourceURI>http://intel.com/wbem/wscim/1/amt-schema/1/AMT_ManagementPresenceRemoteSAP</w:ResourceURI><w:SelectorSet><w:Selector Name="CreationClassName">AMT_ManagementPresenceRemoteSAP</w:Selector><w:Selector Name="Name">Intel(r) AMT:Management Presence Server 0</w:Selector><w:Selector Name="SystemCreationClassName">CIM_ComputerSystem</w:Selector><w:Selector Name="SystemName">Intel(r) AMT</w:Selector></w:SelectorSet></a:ReferenceParameters></r:MpServer></r:AddRemoteAccessPolicyRule_INPUT>',
  ]);
  await expect(stub.now(amtRemoteAccess, given)).resolves.toBe(
    'server mps.example:4433 as device; periodic every 25 s',
  );
  await expect(stub.run(amtRemoteAccess, given)).resolves.toMatchObject({ outcome: 'already' });
  expect(stub.changes).toHaveLength(2);
});

test('a policy that is otherwise is deleted and made anew', async () => {
  const server = { number: 0, address: 'mps.example', user: 'device' };
  const rule = { trigger: '2', extended: 'AAAAAAAAABk=', servers: [nameOf(server)] };
  const { stub, rules } = device([server], new Map([['Periodic', rule]]));
  await stub.run(amtRemoteAccess, { ...wanted, policies: 'periodic', dailyAt: '23:05' });
  expect(stub.changes[0]).toBe('Delete AMT_RemoteAccessPolicyRule PolicyRuleName=Periodic: ');
  expect(rules.get('Periodic')?.extended).toBe('AAAAAQAAABcAAAAF');
});

test('an IPv4 server is told by its number and the name in its certificate', async () => {
  const { stub } = device();
  await stub.run(amtRemoteAccess, { ...wanted, server: '192.0.2.9', commonName: 'mps.example' });
  expect(stub.changes[0]).toContain('<r:InfoFormat>3</r:InfoFormat>');
  expect(stub.changes[0]).toContain('<r:CN>mps.example</r:CN>');
});

test('another login is put in place of the held one', async () => {
  const server = { number: 0, address: 'mps.example', user: 'other' };
  const { stub } = device([server]);
  const key = 'InstanceID=Intel(r) AMT:MPS Username Password 0';
  stub.answers.set(`Get AMT_MPSUsernamePassword ${key}`, recorded('amt/mps/get.xml'));
  stub.answers.set(`Put AMT_MPSUsernamePassword ${key}`, () => {
    server.user = 'device';
    return '';
  });
  await expect(stub.run(amtRemoteAccess, { ...wanted, policies: [] })).resolves.toMatchObject({ outcome: 'done' });
  expect(stub.changes).toEqual([
    `Put AMT_MPSUsernamePassword ${key}: <r:AMT_MPSUsernamePassword><r:InstanceID>Intel(r) AMT:MPS Username Password 0</r:InstanceID><r:RemoteID>device</r:RemoteID><r:Secret>Str0ng!pass</r:Secret></r:AMT_MPSUsernamePassword>`,
  ]);
});

test('removing: its policies go first and come back for the other server', async () => {
  const servers = [
    { number: 0, address: 'mps.example', user: 'device' },
    { number: 1, address: 'other.example', user: 'device' },
  ];
  const both = servers.map(nameOf);
  const rules = new Map([
    ['User Initiated', { trigger: '0', extended: '', servers: both }],
    ['Alert', { trigger: '1', extended: '', servers: [both[1] ?? ''] }],
  ]);
  const { stub } = device(servers, rules);
  const gone = { server: 'mps.example', action: 'remove' };
  await expect(stub.run(amtRemoteAccess, gone)).resolves.toMatchObject({ outcome: 'done' });
  expect(stub.changes.map((call) => call.slice(0, call.indexOf(': ')))).toEqual([
    'Delete AMT_RemoteAccessPolicyRule PolicyRuleName=User Initiated',
    'AMT_RemoteAccessService.AddRemoteAccessPolicyRule',
    'Delete AMT_ManagementPresenceRemoteSAP Name=Intel(r) AMT:Management Presence Server 0',
  ]);
  expect(rules.get('User Initiated')?.servers).toEqual([both[1]]);
  await expect(stub.run(amtRemoteAccess, gone)).resolves.toMatchObject({ outcome: 'already' });
});

test('from where the user may wish for a connection', async () => {
  const { stub } = device([{ number: 0, address: 'mps.example', user: 'device' }]);
  const service = 'AMT_UserInitiatedConnectionService';
  stub.answers.set(`${service}.RequestStateChange`, recorded('amt/userinitiatedconnection/request.xml'));
  await stub.run(amtRemoteAccess, { ...wanted, policies: [], userConnection: 'none' });
  expect(stub.changes).toEqual([
    `${service}.RequestStateChange: <r:RequestStateChange_INPUT><r:RequestedState>32768</r:RequestedState></r:RequestStateChange_INPUT>`,
  ]);
});

test('a full device, one that expects another name, and one without remote access', async () => {
  const six = [0, 1, 2, 3, 4, 5].map((number) => ({ number, address: `mps${number}.example`, user: 'x' }));
  await expect(device(six).stub.lacks(amtRemoteAccess, wanted)).resolves.toBe(
    'it has no room for another server: it knows 6',
  );
  const { stub } = device([{ number: 0, address: 'mps.example', user: 'device', name: 'old.example' }]);
  await expect(stub.lacks(amtRemoteAccess, { ...wanted, commonName: 'mps.example' })).resolves.toContain('old.example');
  await expect(new AmtStub().lacks(amtRemoteAccess, wanted)).resolves.toBe('it has no remote access');
});

test.each([
  [{ server: 'mps.example' }, 'a user is expected'],
  [{ ...wanted, server: '192.0.2.9' }, 'the name in the certificate'],
  [{ ...wanted, server: 'a b' }, 'server'],
  [{ ...wanted, every: '10x' }, 'a time such as'],
  [{ ...wanted, dailyAt: '24:00' }, 'a time of day'],
  [{ ...wanted, policies: 'sometimes' }, 'policies'],
])('%j is refused', (given, message) => {
  expect(JSON.stringify(amtRemoteAccess.parameters.safeParse(given).error?.issues)).toContain(message);
});
