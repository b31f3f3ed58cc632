import { expect, test } from 'vitest';
import { alertsUpdate } from '../../../../src/operations/alerts/alertsUpdate';
import { AmtStub, lost, referenceTo, type StubAnswer, thenOf } from '../../../fakes/amtStub';

interface Held {
  readonly name: string;
  readonly url: string;
  readonly filter: string;
  readonly mode: number;
}
const handler = (name: string) => ({
  CreationClassName: 'CIM_ListenerDestinationWSManagement',
  Name: name,
  SystemCreationClassName: 'CIM_ComputerSystem',
  SystemName: 'Intel(r) AMT',
});
const foreign = { name: 'L1', url: 'http://old.example/', filter: 'Intel(r) AMT:All', mode: 2 };

/** Keeps subscriptions as AMT 15 does, with the filters All and Features. */
function device(held: Held[] = [], changes: Readonly<Record<string, StubAnswer>> = {}): AmtStub {
  return new AmtStub({
    'Enumerate CIM_SoftwareIdentity':
      '<h:CIM_SoftwareIdentity><h:InstanceID>AMT</h:InstanceID><h:VersionString>15.0.23</h:VersionString></h:CIM_SoftwareIdentity>',
    'Enumerate CIM_FilterCollection': ['All', 'Features']
      .map(
        (name) =>
          `<h:CIM_FilterCollection><h:CollectionName>Intel(r) AMT:${name}Events</h:CollectionName><h:InstanceID>Intel(r) AMT:${name}</h:InstanceID></h:CIM_FilterCollection>`,
      )
      .join(''),
    'Enumerate CIM_FilterCollectionSubscription': () =>
      held
        .map(
          ({ name, filter }) =>
            `<h:CIM_FilterCollectionSubscription><h:Filter>${referenceTo('CIM_FilterCollection', { InstanceID: filter })}</h:Filter><h:Handler>${referenceTo('CIM_ListenerDestinationWSManagement', handler(name))}</h:Handler></h:CIM_FilterCollectionSubscription>`,
        )
        .join(''),
    'Enumerate CIM_ListenerDestination': () =>
      held
        .map(
          ({ name, url, mode }) =>
            `<h:CIM_ListenerDestinationWSManagement><h:DeliveryMode>${mode}</h:DeliveryMode><h:Destination>${url}</h:Destination><h:Name>${name}</h:Name></h:CIM_ListenerDestinationWSManagement>`,
        )
        .join(''),
    'Subscribe CIM_FilterCollection': (body, envelope) => {
      const url = /<a:Address>(http[^<]*)<\/a:Address>/.exec(body)?.[1] ?? '';
      const filter = /Name="InstanceID">([^<]*)</.exec(envelope)?.[1] ?? '';
      held.push({ name: `L${held.length + 2}`, url, filter, mode: body.includes('PushWithAck') ? 3 : 2 });
      return '<d:SubscribeResponse></d:SubscribeResponse>';
    },
    'Unsubscribe CIM_FilterCollectionSubscription': (_, envelope) => {
      const name = /Name="Name">([^<]*)</.exec(envelope)?.[1];
      held.splice(
        held.findIndex((one) => one.name === name),
        1,
      );
      return '';
    },
    ...changes,
  });
}
const wanted = { protocol: 'ws-eventing', url: 'https://collector.example/amt' };
const ours = { name: 'L9', url: wanted.url, filter: 'Intel(r) AMT:All', mode: 2 };

test('a subscription by push, with an opaque text; the second run finds it', async () => {
  const stub = device();
  const given = { ...wanted, opaque: 'lab-01' };
  await expect(stub.now(alertsUpdate, given)).resolves.toBe('not https://collector.example/amt');
  expect(thenOf(alertsUpdate, given)).toBe('https://collector.example/amt (All, push)');
  await expect(stub.run(alertsUpdate, given)).resolves.toMatchObject({
    outcome: 'done',
    value: { url: wanted.url, changed: ['https://collector.example/amt (All, push)'] },
    note: 'Not read back: the opaque text.',
  });
  expect(stub.changes).toEqual([
    'Subscribe CIM_FilterCollection InstanceID=Intel(r) AMT:All: <e:Subscribe><e:Delivery Mode="http://schemas.xmlsoap.org/ws/2004/08/eventing/DeliveryModes/Push"><e:NotifyTo><a:Address>https://collector.example/amt</a:Address><a:ReferenceParameters><r:arg>lab-01</r:arg></a:ReferenceParameters></e:NotifyTo></e:Delivery></e:Subscribe>',
  ]);
  await expect(stub.now(alertsUpdate, given)).resolves.toBe('https://collector.example/amt (All, push)');
  await expect(stub.run(alertsUpdate, given)).resolves.toMatchObject({ outcome: 'already' });
});

test('with acknowledgement and a login for the collector’s digest challenge', async () => {
  const stub = device();
  stub.storedPassword = 'col-pass';
  let envelope = '';
  const subscribe = stub.answers.get('Subscribe CIM_FilterCollection') as (body: string, envelope: string) => string;
  stub.answers.set('Subscribe CIM_FilterCollection', (body, whole) => ((envelope = whole), subscribe(body, whole)));
  const given = { ...wanted, filter: 'Features', delivery: 'push-ack', user: 'amt', passwordOf: 'collector' };
  await expect(stub.run(alertsUpdate, given)).resolves.toMatchObject({ outcome: 'done' });
  expect(envelope).toContain('Mode="http://schemas.dmtf.org/wbem/wsman/1/wsman/PushWithAck"');
  expect(envelope).toContain('Profile="http://schemas.dmtf.org/wbem/wsman/1/wsman/secprofile/http/digest"');
  expect(envelope).toMatch(/Username>amt<.*PasswordText">col-pass</);
});

test('another way of delivery takes the place of the held one', async () => {
  const stub = device([ours]);
  await stub.run(alertsUpdate, { ...wanted, delivery: 'push-ack' });
  expect(stub.changes.map((call) => call.split(' ')[0])).toEqual(['Unsubscribe', 'Subscribe']);
});

test('unsubscribing names filter and collector; what is not there is already gone', async () => {
  const stub = device([foreign, ours]);
  const gone = { ...wanted, action: 'unsubscribe' };
  let envelope = '';
  const unsubscribe = stub.answers.get('Unsubscribe CIM_FilterCollectionSubscription') as (
    b: string,
    e: string,
  ) => string;
  stub.answers.set('Unsubscribe CIM_FilterCollectionSubscription', (b, e) => ((envelope = e), unsubscribe(b, e)));
  await expect(stub.run(alertsUpdate, gone)).resolves.toMatchObject({ outcome: 'done' });
  const anonymous = '<a:Address>http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</a:Address>';
  expect(/<w:SelectorSet>.*<\/w:SelectorSet>/s.exec(envelope)?.[0]).toBe(
    `<w:SelectorSet><w:Selector Name="Filter"><a:EndpointReference>${anonymous}<a:ReferenceParameters><w:ResourceURI>http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_FilterCollection</w:ResourceURI><w:SelectorSet><w:Selector Name="InstanceID">Intel(r) AMT:All</w:Selector></w:SelectorSet></a:ReferenceParameters></a:EndpointReference></w:Selector><w:Selector Name="Handler"><a:EndpointReference>${anonymous}<a:ReferenceParameters><w:ResourceURI>http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ListenerDestinationWSManagement</w:ResourceURI><w:SelectorSet><w:Selector Name="CreationClassName">CIM_ListenerDestinationWSManagement</w:Selector><w:Selector Name="Name">L9</w:Selector><w:Selector Name="SystemCreationClassName">CIM_ComputerSystem</w:Selector><w:Selector Name="SystemName">Intel(r) AMT</w:Selector></w:SelectorSet></a:ReferenceParameters></a:EndpointReference></w:Selector></w:SelectorSet>`,
  );
  await expect(stub.run(alertsUpdate, gone)).resolves.toMatchObject({ outcome: 'already' });
  await expect(stub.run(alertsUpdate, { protocol: 'ws-eventing', action: 'remove-all' })).resolves.toMatchObject({
    outcome: 'done',
    value: { changed: ['http://old.example/ (All, push) removed'] },
  });
});

test('foreign ones go first; when one is refused, the rest is done only where that is allowed', async () => {
  const refusing = {
    'Unsubscribe CIM_FilterCollectionSubscription':
      '<a:Fault><a:Code><a:Value>a:Sender</a:Value><a:Subcode><a:Value>c:AccessDenied</a:Value></a:Subcode></a:Code></a:Fault>',
  };
  const stub = device([foreign]);
  await expect(stub.run(alertsUpdate, { ...wanted, removeForeign: true })).resolves.toMatchObject({
    outcome: 'done',
    value: { changed: ['http://old.example/ (All, push) removed', 'https://collector.example/amt (All, push)'] },
  });
  const strict = device([foreign], refusing);
  await expect(strict.run(alertsUpdate, { ...wanted, removeForeign: true })).rejects.toMatchObject({
    code: 'access.privilege',
  });
  expect(strict.changes).toHaveLength(1);
  const lenient = device([foreign], refusing);
  await expect(lenient.run(alertsUpdate, { ...wanted, removeForeign: true, partial: true })).resolves.toMatchObject({
    outcome: 'unverified',
    value: { changed: ['https://collector.example/amt (All, push)'] },
    note: expect.stringMatching(/^Refused: http:\/\/old.example\/ \(All, push\) removed \(.*AccessDenied/) as string,
  });
  const all = device([foreign], refusing);
  await expect(
    all.run(alertsUpdate, { protocol: 'ws-eventing', action: 'remove-all', partial: true }),
  ).rejects.toMatchObject({
    code: 'access.privilege',
  });
});

test('a lost answer is not gone on after, whatever is allowed', async () => {
  const stub = device([foreign], { 'Unsubscribe CIM_FilterCollectionSubscription': lost });
  await expect(stub.run(alertsUpdate, { ...wanted, removeForeign: true, partial: true })).rejects.toMatchObject({
    effect: 'unknown',
  });
  expect(stub.changes).toHaveLength(1);
});

test('a password that another console has put into an address is shown to nobody', async () => {
  const stub = device([{ ...foreign, url: 'http://amt:secret@old.example/' }]);
  await expect(stub.run(alertsUpdate, { protocol: 'ws-eventing', action: 'remove-all' })).resolves.toMatchObject({
    value: { changed: ['http://old.example/ (All, push) removed'] },
  });
});

test('a filter that is not there, a full device, and one that knows no eventing', async () => {
  await expect(device().lacks(alertsUpdate, { ...wanted, filter: 'Chassis' })).resolves.toBe(
    'it has no event filter Chassis; it has: All, Features',
  );
  const nine = Array.from({ length: 9 }, (_, n) => ({ ...foreign, name: `L${n}` }));
  await expect(device(nine).lacks(alertsUpdate, wanted)).resolves.toContain('it holds 9');
  await expect(device(nine).lacks(alertsUpdate, { ...wanted, removeForeign: true })).resolves.toBeUndefined();
  await expect(new AmtStub().lacks(alertsUpdate, wanted)).resolves.toBe('it sends no WS-Eventing messages');
});

test.each([
  [{ protocol: 'ws-eventing' }, 'a URL is expected'],
  [{ ...wanted, url: 'ftp://x.example/' }, 'url'],
  [{ ...wanted, url: 'https://amt:secret@x.example/' }, 'a URL without user and password is expected'],
  [{ ...wanted, url: `http://x.example/${'x'.repeat(240)}` }, 'url'],
  [{ ...wanted, user: 'amt' }, 'given together'],
  [{}, 'an IPv4 address'],
])('%j is refused', (given, message) => {
  expect(JSON.stringify(alertsUpdate.parameters.safeParse(given).error?.issues)).toContain(message);
});
