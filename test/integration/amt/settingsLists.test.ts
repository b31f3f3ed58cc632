import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { agentWatchdogs } from '../../../src/nodes/amt/agentWatchdogs';
import { alertSubscriptions } from '../../../src/nodes/amt/alertSubscriptions';
import { remoteAccessPolicies } from '../../../src/nodes/amt/remoteAccessPolicies';
import { tlsCertificates } from '../../../src/nodes/amt/tlsCertificates';
import { wakeAlarms } from '../../../src/nodes/amt/wakeAlarms';
import { wirelessProfiles } from '../../../src/nodes/amt/wirelessProfiles';
import { alertsUpdate } from '../../../src/operations/alerts/alertsUpdate';
import { amtAlarm } from '../../../src/operations/amt/alarm';
import { amtRemoteAccess } from '../../../src/operations/amt/remoteAccess';
import { amtWatchdogs } from '../../../src/operations/amt/watchdogs';
import { amtWireless } from '../../../src/operations/amt/wireless';
import { startAmt } from '../../fakes/amtDevice';
import { settles } from '../../fakes/settles';

const passwords = { wlan: 'correct horse', mps: 'Str0ng!pass', traps: 'traps', collector: 'c0llector' };
const office = { profile: 'office', ssid: 'corp', passphraseOf: 'wlan' };

test('wireless: a profile is set, changed and removed, and the radio follows', async () => {
  await using device = await startAmt({ hardware: 'laptop', passwords });
  await settles(device, amtWireless, office);
  await settles(device, amtWireless, { ...office, authentication: 'wpa3-sae' });
  expect(await device.show(wirelessProfiles)).toContainEqual(['office', 'corp', 2, 'WPA3 SAE', 'CCMP', 'console']);
  expect(await device.run(amtWireless, { ...office, authentication: 'wpa3-sae', anew: true })).toMatchObject({
    outcome: 'done',
  });
  await settles(device, amtWireless, { radio: 's0-sx', synchronisation: 'all' });
  await settles(device, amtWireless, { profile: 'office', action: 'remove' });
  expect(JSON.stringify(device.ledger.lines)).not.toContain('correct horse');
});

test('wireless: a desktop has none', async () => {
  await using device = await startAmt({ hardware: 'desktop', passwords });
  expect(await device.plan(amtWireless, office)).toMatchObject({ impossible: 'it has no wireless network' });
});

test('remote access: server, policies, login and root, then away again', async () => {
  await using device = await startAmt({ passwords });
  const wanted = { server: 'mps.example', user: 'device', passwordOf: 'mps', policies: 'user-initiated, periodic' };
  await settles(device, amtRemoteAccess, { ...wanted, every: '30s' });
  await settles(device, amtRemoteAccess, { ...wanted, dailyAt: '23:05', user: 'other' });
  const rootCertificate = readFileSync(join(import.meta.dirname, '../../fixtures/amt/certificates/root.pem'), 'utf8');
  expect(
    await device.run(amtRemoteAccess, { ...wanted, dailyAt: '23:05', user: 'other', rootCertificate }),
  ).toMatchObject({
    outcome: 'done',
    value: { changed: ['root certificate O=Sideband, CN=Test Root'] },
  });
  expect(
    (await device.show(tlsCertificates)).some(
      ([kind, , , subject]) => kind === 'trusted root' && subject === 'O=Sideband, CN=Test Root',
    ),
  ).toBe(true);
  expect(await device.show(remoteAccessPolicies)).toEqual([
    ['user initiated', null, 0, 1, 'mps.example', 4433, 'mps.example', 'other'],
    ['periodic', 'daily at 23:05', 0, 1, 'mps.example', 4433, 'mps.example', 'other'],
  ]);
  await settles(device, amtRemoteAccess, { server: 'mps.example', action: 'remove' });
  expect(await device.show(remoteAccessPolicies)).toEqual([]);
});

test('watchdogs: added with actions, changed, removed', async () => {
  await using device = await startAmt();
  const agent = '55e3ae13-bfd2-61bb-17a0-88aedd7037ea';
  await settles(device, amtWatchdogs, { agent, name: 'backup', events: 'expired, running>stopped' });
  await settles(device, amtWatchdogs, { agent, name: 'backup', events: 'expired', activates: 'expired' });
  expect(await device.show(agentWatchdogs)).toMatchObject([
    ['backup', agent, expect.any(String), 300, 60, 'any > expired: event, policy activate'],
  ]);
  await settles(device, amtWatchdogs, { agent, action: 'remove' });
});

test('alarms: once, again and again, and away', async () => {
  await using device = await startAmt();
  const at = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 16);
  await settles(device, amtAlarm, { name: 'patch', at: `${at}:00Z` });
  await settles(device, amtAlarm, { name: 'patch', at: `${at}:00Z`, every: '1d', deleteOnCompletion: false });
  expect(await device.show(wakeAlarms)).toEqual([['patch', `${at.replace('T', ' ')}:00`, '24 h 0 min', false]]);
  await settles(device, amtAlarm, { name: 'patch', action: 'remove' });
});

test('alerts: WS-Eventing subscriptions come, change and go', async () => {
  await using device = await startAmt({ passwords });
  const wanted = { protocol: 'ws-eventing', url: 'https://127.0.0.1:9/amt' };
  await settles(device, alertsUpdate, { ...wanted, opaque: 'lab-01', user: 'amt', passwordOf: 'collector' });
  await settles(device, alertsUpdate, { ...wanted, delivery: 'push-ack' });
  await settles(device, alertsUpdate, {
    ...wanted,
    url: 'http://127.0.0.1:9/new',
    filter: 'Features',
    removeForeign: true,
  });
  expect(await device.show(alertSubscriptions)).toEqual([
    ['WS-Eventing', 'http://127.0.0.1:9/new', 'Features', 'push'],
  ]);
  await settles(device, alertsUpdate, { protocol: 'ws-eventing', action: 'remove-all' });
  expect((await device.plan(alertsUpdate, { ...wanted, filter: 'Chassis' })).impossible).toContain('it has: All');
});

test('alerts: SNMP traps with a community, and every event by a filter of its own', async () => {
  await using device = await startAmt({ passwords });
  await settles(device, alertsUpdate, { address: '192.0.2.10', communityOf: 'traps' });
  await settles(device, alertsUpdate, { address: '192.0.2.11', policy: 9, allEvents: true, removeForeign: true });
  expect(await device.show(alertSubscriptions)).toEqual([['SNMP', '192.0.2.11', 'policy 9', 'trap']]);
  await settles(device, alertsUpdate, { address: '192.0.2.11', action: 'unsubscribe' });
});

test('a lost answer to an added server is unknown, and the next run finds out', async () => {
  await using device = await startAmt({ passwords });
  device.simulator.faults.loseAnswerTo('AddMpServer');
  const wanted = { server: 'mps.example', user: 'device', passwordOf: 'mps', policies: 'alert' };
  expect(await device.run(amtRemoteAccess, wanted)).toMatchObject({ ok: false, outcome: 'unknown' });
  expect(device.changes).toEqual(['AMT_RemoteAccessService.AddMpServer']);
  expect(await device.run(amtRemoteAccess, wanted)).toMatchObject({
    outcome: 'done',
    value: { changed: ['policy alert'] },
  });
});
