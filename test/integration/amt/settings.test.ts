import { expect, test } from 'vitest';
import { amtGeneralSettings } from '../../../src/nodes/amt/amtGeneralSettings';
import { amtNetworkSettings } from '../../../src/nodes/amt/amtNetworkSettings';
import { redirectionState } from '../../../src/nodes/amt/redirectionState';
import { amtEnvironment } from '../../../src/operations/amt/environment';
import { amtNetwork } from '../../../src/operations/amt/network';
import { amtSettings } from '../../../src/operations/amt/settings';
import { startAmt } from '../../fakes/amtDevice';
import { settles } from '../../fakes/settles';

test.each([
  { sol: false },
  { ideRedirection: false, kvm: false, listener: false },
  { powerPackage: 'on-in-s0' },
  { idleTimeout: 12, ping: false, rmcpPing: false, hostName: 'lab-01', domainName: 'lab.example' },
  { consentPolicy: 'kvm' },
])('settings %j', async (wanted) => {
  await using device = await startAmt();
  await settles(device, amtSettings, wanted);
});

test('what was set is in the nodes', async () => {
  await using device = await startAmt();
  await device.run(amtSettings, { sol: false, hostName: 'lab-01', powerPackage: 'on-in-s0' });
  const redirection = await device.show(redirectionState);
  expect(redirection.map(([kind, allowed]) => [kind, allowed])).toEqual([
    ['SOL', false],
    ['IDE-R', true],
    ['KVM', true],
  ]);
  const rows = await device.show(amtGeneralSettings);
  expect(rows).toContainEqual(['Host name', 'lab-01']);
  expect(rows).toContainEqual(['Power package', 'Desktop: ON in S0']);
});

test('a device without KVM, and one in client control mode, say what they lack', async () => {
  await using ism = await startAmt({ profile: 'ism' });
  await expect(ism.plan(amtSettings, { kvm: true })).resolves.toMatchObject({ impossible: 'it has no KVM' });
  await using ccm = await startAmt({ profile: 'ccm' });
  const { impossible } = await ccm.plan(amtSettings, { consentPolicy: 'none' });
  expect(impossible).toBe('its consent policy cannot be changed: it is in client control mode');
});

test('a lost answer is unknown, and is not asked again', async () => {
  await using device = await startAmt();
  device.simulator.device.faults.loseAnswerTo('Put');
  const result = await device.run(amtSettings, { ping: false });
  expect(result).toMatchObject({ ok: false, outcome: 'unknown' });
  expect(device.changes).toHaveLength(1);
});

test.each([
  { address: '10.20.30.40', mask: '255.255.255.0', gateway: '10.20.30.1', dns1: '10.20.30.2' },
  { ipSync: false },
  { vlan: 7 },
  { linkPolicy: 's0-ac' },
])('network %j', async (wanted) => {
  await using device = await startAmt();
  await settles(device, amtNetwork, wanted);
});

test('back to DHCP after an address of its own', async () => {
  await using device = await startAmt();
  await device.run(amtNetwork, { address: '10.20.30.40', mask: '255.255.255.0' });
  await settles(device, amtNetwork, { dhcp: true, ipSync: true });
  const [wired] = await device.show(amtNetworkSettings);
  expect(wired?.slice(0, 6)).toEqual(['wired', 'integrated LAN', 'up', expect.any(String), true, true]);
});

test('domains in which the device is at home, and none', async () => {
  await using device = await startAmt();
  await settles(device, amtEnvironment, { domains: 'corp.example, lab.example' });
  await settles(device, amtEnvironment, { domains: '' });
});
