import { expect, test } from 'vitest';
import { alertsUpdate } from '../../../../src/operations/alerts/alertsUpdate';
import { AmtStub, referenceTo, type StubAnswer, thenOf } from '../../../fakes/amtStub';

interface Held {
  readonly name: string;
  readonly address: string;
  readonly policy: number;
  readonly community?: string;
}
const fields = ['DeviceAddress', 'Entity', 'EntityInstance', 'EventOffset', 'EventSensorType', 'EventSeverity'];
const more = ['EventSourceType', 'EventType', 'SensorNumber'];
const filter = (policy: number, sensor: number, send = true): string =>
  `<h:AMT_PETFilterSetting>${[...fields, ...more].map((name) => `<h:${name}>${name === 'EventSensorType' ? sensor : 255}</h:${name}>`).join('')}<h:EnableFilter>true</h:EnableFilter><h:PolicyID>${policy}</h:PolicyID><h:SendAlert>${send}</h:SendAlert></h:AMT_PETFilterSetting>`;

/** Keeps subscribers as AMT up to 17 does; its filter of policy 1 is for temperatures. */
function device(held: Held[] = [], changes: Readonly<Record<string, StubAnswer>> = {}): AmtStub {
  const stub = new AmtStub({
    'Get AMT_EventManagerService':
      '<g:AMT_EventManagerService><g:DefaultCommunityString>public</g:DefaultCommunityString></g:AMT_EventManagerService>',
    'Enumerate AMT_PETFilterSetting': filter(1, 1) + filter(2, 2, false),
    'Enumerate AMT_SNMPEventSubscriber': () =>
      held
        .map(
          ({ name, address, policy, community = '' }) =>
            `<h:AMT_SNMPEventSubscriber><h:AccessInfo>${address}</h:AccessInfo>${community && `<h:CommunityString>${community}</h:CommunityString>`}<h:CreationClassName>AMT_SNMPEventSubscriber</h:CreationClassName><h:Name>${name}</h:Name><h:PolicyID>${policy}</h:PolicyID><h:SystemCreationClassName>CIM_ComputerSystem</h:SystemCreationClassName><h:SystemName>Intel(r) AMT</h:SystemName></h:AMT_SNMPEventSubscriber>`,
        )
        .join(''),
    'Create AMT_SNMPEventSubscriber': (body) => {
      const text = (name: string): string => new RegExp(`r:${name}>([^<]*)<`).exec(body)?.[1] ?? '';
      held.push({
        name: `S${held.length + 1}`,
        address: text('AccessInfo'),
        policy: Number(text('PolicyID')),
        community: text('CommunityString'),
      });
      return `<t:ResourceCreated>${referenceTo('AMT_SNMPEventSubscriber', { Name: 'S' })}</t:ResourceCreated>`;
    },
    'Create AMT_PETFilterSetting': () => {
      stub.answers.set('Enumerate AMT_PETFilterSetting', filter(1, 1) + filter(3, 255));
      return `<t:ResourceCreated>${referenceTo('AMT_PETFilterSetting', { InstanceID: 'F' })}</t:ResourceCreated>`;
    },
    'Delete AMT_SNMPEventSubscriber': (_, envelope) => {
      const name = /Name="Name">([^<]*)</.exec(envelope)?.[1];
      held.splice(
        held.findIndex((one) => one.name === name),
        1,
      );
      return '';
    },
    ...changes,
  });
  return stub;
}
const created = (community = ''): string =>
  `Create AMT_SNMPEventSubscriber: <r:AMT_SNMPEventSubscriber><r:AccessInfo>192.0.2.10</r:AccessInfo>${community && `<r:CommunityString>${community}</r:CommunityString>`}<r:InfoFormat>3</r:InfoFormat><r:PolicyID>1</r:PolicyID></r:AMT_SNMPEventSubscriber>`;

test('a subscriber for the traps of a policy; the second run finds it', async () => {
  const stub = device();
  const wanted = { address: '192.0.2.10' };
  await expect(stub.now(alertsUpdate, wanted)).resolves.toBe('not 192.0.2.10');
  expect(thenOf(alertsUpdate, wanted)).toBe('192.0.2.10, policy 1');
  await expect(stub.run(alertsUpdate, wanted)).resolves.toMatchObject({ outcome: 'done' });
  expect(stub.changes).toEqual([created()]);
  await expect(stub.run(alertsUpdate, wanted)).resolves.toMatchObject({ outcome: 'already' });
  await expect(stub.now(alertsUpdate, wanted)).resolves.toBe('192.0.2.10, policy 1');
});

test('another community takes the place of the held one', async () => {
  const stub = device([{ name: 'S1', address: '192.0.2.10', policy: 1, community: 'old' }]);
  stub.storedPassword = 'traps';
  const wanted = { address: '192.0.2.10', communityOf: 'snmp' };
  await expect(stub.run(alertsUpdate, wanted)).resolves.toMatchObject({ outcome: 'done' });
  expect(stub.changes[0]).toMatch(/^Delete AMT_SNMPEventSubscriber CreationClassName=AMT_SNMPEventSubscriber Name=S1 /);
  expect(stub.changes[1]).toBe(created('traps'));
  await expect(stub.run(alertsUpdate, wanted)).resolves.toMatchObject({ outcome: 'already' });
});

test('every event: a filter of its own comes before the subscriber', async () => {
  const stub = device();
  const wanted = { address: '192.0.2.10', policy: 3, allEvents: true };
  await expect(stub.run(alertsUpdate, wanted)).resolves.toMatchObject({ outcome: 'done' });
  expect(stub.changes[0]).toBe(
    'Create AMT_PETFilterSetting: <r:AMT_PETFilterSetting><r:DeviceAddress>255</r:DeviceAddress><r:EnableFilter>true</r:EnableFilter><r:Entity>255</r:Entity><r:EntityInstance>255</r:EntityInstance><r:EventOffset>255</r:EventOffset><r:EventSensorType>255</r:EventSensorType><r:EventSeverity>255</r:EventSeverity><r:EventSourceType>255</r:EventSourceType><r:EventType>255</r:EventType><r:LogOnEvent>false</r:LogOnEvent><r:OEMFilter>false</r:OEMFilter><r:PolicyID>3</r:PolicyID><r:SendAlert>true</r:SendAlert><r:SensorNumber>255</r:SensorNumber></r:AMT_PETFilterSetting>',
  );
  expect(stub.changes[1]).toMatch(/^Create AMT_SNMPEventSubscriber/);
  await expect(stub.run(alertsUpdate, wanted)).resolves.toMatchObject({ outcome: 'already' });
});

test('a policy by which nothing is sent is lacking, before anything is done', async () => {
  await expect(device().lacks(alertsUpdate, { address: '192.0.2.10', policy: 2 })).resolves.toBe(
    'none of its filters sends traps by policy 2: use allEvents, or one of its policies: 1',
  );
});

test('foreign subscribers, those of an address, and all', async () => {
  const other = { name: 'S1', address: '198.51.100.1', policy: 1 };
  const stub = device([other]);
  await stub.run(alertsUpdate, { address: '192.0.2.10', removeForeign: true });
  await expect(stub.now(alertsUpdate, { action: 'remove-all' })).resolves.toBe('192.0.2.10, policy 1');
  await expect(stub.run(alertsUpdate, { address: '192.0.2.10', action: 'unsubscribe' })).resolves.toMatchObject({
    outcome: 'done',
  });
  await expect(stub.run(alertsUpdate, { action: 'remove-all' })).resolves.toMatchObject({ outcome: 'already' });
});

test('AMT 18 has no traps any more, and fourteen subscribers are all there can be', async () => {
  const wanted = { address: '192.0.2.10' };
  await expect(new AmtStub().lacks(alertsUpdate, wanted)).resolves.toContain('gone since AMT 18');
  const full = Array.from({ length: 14 }, (_, n) => ({ name: `S${n}`, address: `198.51.100.${n}`, policy: 1 }));
  await expect(device(full).lacks(alertsUpdate, wanted)).resolves.toContain('it holds 14');
});
