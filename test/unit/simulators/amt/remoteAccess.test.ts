import { describe, expect, test } from 'vitest';
import { remoteAccessOf } from '../../../../src/simulators/amt/classes/remoteAccess/state';
import { faultOf, reference, type Sent, Soap } from './soap';

const server: Sent = {
  AccessInfo: 'mps.lab.net',
  InfoFormat: 201,
  Port: 4433,
  AuthMethod: 2,
  Username: 'mps',
  Password: 'P@ssw0rd',
};
const add = (soap: Soap, sent: Sent) => soap.invoke('AMT_RemoteAccessService', 'AddMpServer', sent).ReturnValue;
const nth = (number: number) =>
  reference('AMT_ManagementPresenceRemoteSAP', { Name: `Intel(r) AMT:Management Presence Server ${number}` });
const rule = (soap: Soap, sent: Sent) =>
  soap.invoke('AMT_RemoteAccessService', 'AddRemoteAccessPolicyRule', { TunnelLifeTime: 0, ...sent }).ReturnValue;

describe('presence servers', () => {
  test.each([
    ['an address without the name in its certificate', { AccessInfo: '192.0.2.1', InfoFormat: 3 }],
    ['a name as an address', { InfoFormat: 3, CN: 'mps' }],
    ['an IPv6 address as IPv4', { AccessInfo: '2001:db8::1', InfoFormat: 3, CN: 'mps' }],
    ['port 0', { Port: 0 }],
    ['a weak password', { Password: 'password' }],
    ['a password of 17 characters', { Password: 'P@ssw0rdP@ssw0rd1' }],
    ['a user of 17 characters', { Username: '12345678901234567' }],
    ['a certificate that is not named', { AuthMethod: 1 }],
    ['another way to log in', { AuthMethod: 3 }],
  ])('refused: %s', (_, change) => {
    expect(add(new Soap(), { ...server, ...change })).toBe('36');
  });

  test('the name of the server is in its certificate', () => {
    const soap = new Soap();
    expect(add(soap, server)).toBe('0');
    expect(add(soap, server)).toBe('2058');
    expect(soap.list('AMT_ManagementPresenceRemoteSAP')).toMatchObject([
      { AccessInfo: 'mps.lab.net', CN: 'mps.lab.net' },
    ]);
    expect(soap.list('AMT_MPSUsernamePassword')).toEqual([
      { InstanceID: 'Intel(r) AMT:MPS Username Password 0', RemoteID: 'mps' },
    ]);
  });

  test('six at most', () => {
    const soap = new Soap();
    for (let port = 1; port <= 6; port++) expect(add(soap, { ...server, Port: port })).toBe('0');
    expect(add(soap, { ...server, Port: 7 })).toBe('23');
  });

  test('one that a policy uses stays', () => {
    const soap = new Soap();
    add(soap, server);
    expect(rule(soap, { Trigger: 0, MpServer: nth(0) })).toBe('0');
    const remove = () =>
      faultOf(soap.delete('AMT_ManagementPresenceRemoteSAP', { Name: 'Intel(r) AMT:Management Presence Server 0' }));
    expect(remove()).toBe('InternalError 16');
    expect(faultOf(soap.delete('AMT_RemoteAccessPolicyRule', { PolicyRuleName: 'User Initiated' }))).toBe('ok');
    expect(remove()).toBe('ok');
  });
});

describe('policies', () => {
  test.each([
    ['no server', { Trigger: 1 }],
    ['a server that there is not', { Trigger: 1, MpServer: nth(7) }],
    ['a trigger that there is not', { Trigger: 4, MpServer: nth(0) }],
    ['no period', { Trigger: 2, MpServer: nth(0) }],
    ['a period of 0 s', { Trigger: 2, MpServer: nth(0), ExtendedData: 'AAAAAAAAAAA=' }],
    ['half past 24', { Trigger: 2, MpServer: nth(0), ExtendedData: 'AAAAAQAAABgAAAAe' }],
  ])('refused: %s', (_, sent) => {
    const soap = new Soap();
    add(soap, server);
    expect(rule(soap, sent)).toBe('36');
  });

  test('one for each trigger, three at most, with up to two servers in order', () => {
    const soap = new Soap();
    for (const Port of [1, 2]) add(soap, { ...server, Port });
    const daily = 'AAAAAQAAABcAAAAe'; // at 23:30
    expect(rule(soap, { Trigger: 2, ExtendedData: daily, MpServer: nth(0) })).toBe('0');
    expect(rule(soap, { Trigger: 2, ExtendedData: daily, MpServer: nth(0) })).toBe('2058');
    expect(rule(soap, { Trigger: 1, MpServer: nth(0) })).toBe('0');
    expect(rule(soap, { Trigger: 0, MpServer: nth(1) })).toBe('0');
    expect(rule(soap, { Trigger: 3, MpServer: nth(1) })).toBe('23');
    expect(soap.list('AMT_RemoteAccessPolicyRule').map(({ PolicyRuleName }) => PolicyRuleName)).toEqual([
      'Periodic',
      'Alert',
      'User Initiated',
    ]);
    expect(soap.list('AMT_RemoteAccessPolicyAppliesToMPS')).toHaveLength(3);
  });
});

test('a tunnel is closed, and who may open one is set', () => {
  const soap = new Soap();
  remoteAccessOf(soap.device).isConnected = true;
  expect(soap.get('AMT_RemoteAccessService')).toMatchObject({ IsRemoteTunnelConnected: 'true' });
  soap.invoke('AMT_RemoteAccessService', 'CloseRemoteAccessConnection');
  expect(soap.get('AMT_RemoteAccessService')).toMatchObject({ IsRemoteTunnelConnected: 'false' });
  const request = (RequestedState: number) =>
    soap.invoke('AMT_UserInitiatedConnectionService', 'RequestStateChange', { RequestedState }).ReturnValue;
  expect(request(2)).toBe('36');
  expect(request(32769)).toBe('0');
  expect(soap.get('AMT_UserInitiatedConnectionService')).toMatchObject({ EnabledState: '32769' });
});

test('15 proxies', () => {
  const soap = new Soap();
  const proxy = (Port: number) => ({ AccessInfo: 'proxy.lab.net', InfoFormat: 201, Port, NetworkDnsSuffix: 'lab.net' });
  const call = (Port: number) => soap.invoke('IPS_HTTPProxyService', 'AddProxyAccessPoint', proxy(Port)).ReturnValue;
  for (let port = 1; port <= 15; port++) expect(call(port)).toBe('0');
  expect(call(1)).toBe('2058');
  expect(call(16)).toBe('23');
  expect(faultOf(soap.delete('IPS_HTTPProxyAccessPoint', { Name: 'Intel(r) ME:HTTP Proxy Access Point 3' }))).toBe(
    'ok',
  );
  expect(soap.list('IPS_HTTPProxyAccessPoint')).toHaveLength(14);
});
