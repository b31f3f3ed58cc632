import { expect, test } from 'vitest';
import { powerHibernate } from '../../../../src/operations/power/hibernate';
import { powerOn } from '../../../../src/operations/power/on';
import { powerReset } from '../../../../src/operations/power/reset';
import { powerStatus } from '../../../../src/operations/power/status';
import { AmtStub, lost, recorded, returned } from '../../../fakes/amtStub';

const service = 'CIM_PowerManagementService.RequestPowerStateChange';
const state = 'Get CIM_AssociatedPowerManagementService';
const on = recorded('cim/associatedpower/managementservice/get.xml');
const power = (code: number): string =>
  `<g:CIM_AssociatedPowerManagementService><g:PowerState>${code}</g:PowerState></g:CIM_AssociatedPowerManagementService>`;

test('a graceful restart of a recorded device: the one request, as it is sent', async () => {
  const stub = new AmtStub({
    [state]: on,
    [service]: recorded('cim/power/managementservice/requestpowerstatechange.xml'),
  });
  await expect(stub.run(powerReset, { graceful: true })).resolves.toEqual({ outcome: 'done' });
  expect(stub.changes).toEqual([
    `${service}: ` +
      '<r:RequestPowerStateChange_INPUT>' +
      '<r:PowerState>14</r:PowerState>' +
      '<r:ManagedElement><a:Address>http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</a:Address>' +
      '<a:ReferenceParameters><w:ResourceURI>http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ComputerSystem</w:ResourceURI>' +
      '<w:SelectorSet><w:Selector Name="CreationClassName">CIM_ComputerSystem</w:Selector>' +
      '<w:Selector Name="Name">ManagedSystem</w:Selector></w:SelectorSet></a:ReferenceParameters></r:ManagedElement>' +
      '</r:RequestPowerStateChange_INPUT>',
  ]);
});

test.each([
  [2, 'on'],
  [3, 'sleeping'],
  [4, 'sleeping'],
  [6, 'off'],
  [7, 'sleeping'],
  [8, 'off'],
  [9, 'unknown'],
  [13, 'off'],
  [99, 'unknown'],
])('PowerState %i is %s', async (code, word) => {
  const stub = new AmtStub({ [state]: power(code) });
  await expect(stub.run(powerStatus)).resolves.toEqual({ outcome: 'done', value: { power: word } });
});

test.each([
  [1, 'device.state', 'power hibernate: the computer does not follow now (1 NOT_READY)'],
  [
    4097,
    'device.state',
    'power hibernate: the device refuses this in its present state (4097 INVALID_STATE_TRANSITION)',
  ],
  [2081, 'consent.required', 'power hibernate: the user at the computer must consent (2081 USER_CONSENT_REQUIRED)'],
])('ReturnValue %i is told as %s', async (value, code, message) => {
  const stub = new AmtStub({ [state]: power(2), [service]: returned('RequestPowerStateChange', value) });
  await expect(stub.run(powerHibernate)).rejects.toMatchObject({ code, message, effect: 'none' });
  expect(stub.changes).toHaveLength(1);
});

test('a lost answer is unknown, and is not asked again', async () => {
  const stub = new AmtStub({ [state]: power(2), [service]: lost });
  await expect(stub.run(powerReset)).rejects.toMatchObject({ code: 'connect.lost', effect: 'unknown' });
  expect(stub.changes).toHaveLength(1);
});

test('a refusal that says nothing is explained by the sessions that are open', async () => {
  const stub = new AmtStub({
    [state]: power(2),
    [service]: returned('RequestPowerStateChange', 4097),
    'Enumerate IPS_KvmSessionUsingPort': '<h:IPS_KvmSessionUsingPort/>',
    'Enumerate IPS_SolSessionUsingPort': '<h:IPS_SolSessionUsingPort/>',
  });
  await expect(stub.run(powerHibernate)).rejects.toMatchObject({
    code: 'device.busy',
    message: 'the device refuses hibernate while a redirection session is open: SOL, KVM',
    hint: 'Close the SOL and KVM session, then try again.',
  });
});

test('an answer without a power state breaks the standard', async () => {
  const stub = new AmtStub({ [state]: '<g:CIM_AssociatedPowerManagementService/>' });
  await expect(stub.run(powerStatus)).rejects.toMatchObject({ code: 'protocol.invalid' });
});

test('modern standby that the device does not leave is unverified', async () => {
  const saving =
    '<g:IPS_PowerManagementService><g:OSPowerSavingState>3</g:OSPowerSavingState></g:IPS_PowerManagementService>';
  const stub = new AmtStub({
    [state]: power(2),
    'Get IPS_PowerManagementService': saving,
    'IPS_PowerManagementService.RequestOSPowerSavingStateChange': recorded(
      'ips/power/managementservice/requestospowersavingstatechange.xml',
    ),
  });
  await expect(stub.run(powerOn, { timeoutMs: 1 })).resolves.toMatchObject({
    outcome: 'unverified',
    note: 'Accepted, but the operating system is still in modern standby after 0.001 s.',
  });
  expect(stub.changes).toEqual([expect.stringContaining('<r:OSPowerSavingState>2</r:OSPowerSavingState>')]);
});

test('the intent goes before each request, with the state before', async () => {
  const pulse = new AmtStub({ [state]: power(2), [service]: returned('RequestPowerStateChange', 0) });
  await pulse.runRecorded(powerReset);
  expect(pulse.changes).toEqual(['intend on', expect.stringContaining('<r:PowerState>10</r:PowerState>')]);
  const waking = new AmtStub({
    [state]: power(2),
    'Get IPS_PowerManagementService':
      '<g:IPS_PowerManagementService><g:OSPowerSavingState>3</g:OSPowerSavingState></g:IPS_PowerManagementService>',
  });
  await waking.runRecorded(powerOn, { timeoutMs: 1 }).catch(() => undefined);
  expect(waking.changes).toEqual([
    'intend in modern standby',
    expect.stringContaining('RequestOSPowerSavingStateChange'),
  ]);
});

test('what is so already, and what the device does not take now, has no intent', async () => {
  const on = new AmtStub({ [state]: power(2) });
  await on.runRecorded(powerOn);
  const off = new AmtStub({ [state]: power(8) });
  await expect(off.runRecorded(powerReset)).rejects.toMatchObject({ code: 'device.state' });
  expect([...on.changes, ...off.changes]).toEqual([]);
});

test('on firmware without modern standby on is on', async () => {
  const stub = new AmtStub({ [state]: power(2) });
  await expect(stub.run(powerOn)).resolves.toEqual({ outcome: 'already', value: { power: 'on' } });
});
