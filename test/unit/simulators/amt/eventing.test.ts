import { hash } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { raise } from '../../../../src/simulators/amt/alerts';
import { eventLog } from '../../../../src/simulators/amt/classes/eventLog';
import { deliveries } from '../../../../src/simulators/amt/classes/eventing/delivery';
import { faultOf, key, type Reply, selectorIn, Soap } from './soap';

const push = 'http://schemas.xmlsoap.org/ws/2004/08/eventing/DeliveryModes/Push';
const pushWithAck = 'http://schemas.dmtf.org/wbem/wsman/1/wsman/PushWithAck';
const digest = 'http://schemas.dmtf.org/wbem/wsman/1/wsman/secprofile/http/digest';

interface Order {
  readonly filter?: string;
  readonly mode?: string;
  readonly url?: string;
  readonly opaque?: string;
  readonly auth?: string;
  readonly login?: { readonly user: string; readonly password: string };
}

function subscribe(soap: Soap, order: Order = {}): Reply {
  const { filter = 'Intel(r) AMT:All', mode = push, url = 'http://127.0.0.1:9/' } = order;
  const token = order.login
    ? '<t:IssuedTokens xmlns:t="http://schemas.xmlsoap.org/ws/2005/02/trust"><t:RequestSecurityTokenResponse>' +
      '<t:TokenType>http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0#UsernameToken</t:TokenType>' +
      '<t:RequestedSecurityToken><u:UsernameToken xmlns:u="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd">' +
      `<u:Username>${order.login.user}</u:Username><u:Password>${order.login.password}</u:Password></u:UsernameToken>` +
      '</t:RequestedSecurityToken></t:RequestSecurityTokenResponse></t:IssuedTokens>'
    : '';
  const parameters = order.opaque ? `<a:ReferenceParameters>${order.opaque}</a:ReferenceParameters>` : '';
  const auth = order.auth ? `<w:Auth Profile="${order.auth}"/>` : '';
  return soap.send('http://schemas.xmlsoap.org/ws/2004/08/eventing/Subscribe', 'CIM_FilterCollection', {
    selectors: { InstanceID: filter },
    header: token,
    inner:
      '<e:Subscribe xmlns:e="http://schemas.xmlsoap.org/ws/2004/08/eventing" ' +
      'xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing" xmlns:w="http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd">' +
      `<e:Delivery Mode="${mode}"><e:NotifyTo><a:Address>${url}</a:Address>${parameters}</e:NotifyTo>${auth}</e:Delivery></e:Subscribe>`,
  });
}

function unsubscribe(soap: Soap, number: number, filter = 'Intel(r) AMT:All'): Reply {
  return soap.send('http://schemas.xmlsoap.org/ws/2004/08/eventing/Unsubscribe', 'CIM_FilterCollectionSubscription', {
    inner: '<e:Unsubscribe xmlns:e="http://schemas.xmlsoap.org/ws/2004/08/eventing"/>',
    selectors: {
      Filter: key('CIM_FilterCollection', { InstanceID: filter }),
      Handler: key('CIM_ListenerDestinationWSManagement', {
        CreationClassName: 'CIM_ListenerDestinationWSManagement',
        Name: `Intel(r) AMT:Listener Destination ${number}`,
        SystemCreationClassName: 'CIM_ComputerSystem',
        SystemName: 'Intel(r) AMT',
      }),
    },
  });
}

describe('subscriptions', () => {
  test('there are filters by the names of the recordings', () => {
    expect(new Soap().list('CIM_FilterCollection')).toContainEqual({
      CollectionName: 'Intel(r) AMT:AllEvents',
      InstanceID: 'Intel(r) AMT:All',
    });
  });

  test('one shows as a listener and as an association, in the same order, until it is taken back', () => {
    const soap = new Soap();
    const reply = subscribe(soap, { url: 'http://192.0.2.1:8080/sink', mode: pushWithAck });
    expect(reply.xml).toContain('http://schemas.xmlsoap.org/ws/2004/08/eventing/SubscribeResponse');
    expect(selectorIn(reply.body, 'Name')).toBe('Intel(r) AMT:Listener Destination 1');
    subscribe(soap, { url: 'http://192.0.2.2/', filter: 'Intel(r) AMT:Features' });
    expect(soap.list('CIM_ListenerDestination')).toEqual([
      {
        CreationClassName: 'CIM_ListenerDestinationWSManagement',
        DeliveryMode: '3',
        Destination: 'http://192.0.2.1:8080/sink',
        Name: 'Intel(r) AMT:Listener Destination 1',
        SystemCreationClassName: 'CIM_ComputerSystem',
        SystemName: 'Intel(r) AMT',
      },
      expect.objectContaining({ DeliveryMode: '2', Destination: 'http://192.0.2.2/' }),
    ]);
    const filters = soap.elements('CIM_FilterCollectionSubscription').map((item) => selectorIn(item, 'InstanceID'));
    expect(filters).toEqual(['Intel(r) AMT:All', 'Intel(r) AMT:Features']);
    expect(faultOf(unsubscribe(soap, 2))).toBe('DestinationUnreachable');
    expect(faultOf(unsubscribe(soap, 1))).toBe('ok');
    expect(soap.list('CIM_ListenerDestination')).toHaveLength(1);
    expect(soap.device.calls.map(({ method }) => method)).toEqual(['Subscribe', 'Subscribe', 'Unsubscribe']);
  });

  test('nine at most', () => {
    const soap = new Soap();
    for (let at = 0; at < 9; at++) expect(faultOf(subscribe(soap))).toBe('ok');
    expect(faultOf(subscribe(soap))).toBe('QuotaLimit');
  });

  test.each([
    ['no URL', { url: 'collector' }, 'InvalidParameter'],
    ['another scheme', { url: 'ftp://192.0.2.1/' }, 'InvalidParameter'],
    ['254 characters', { url: `http://192.0.2.1/${'x'.repeat(237)}` }, 'InvalidParameter'],
    ['a mode that there is not', { mode: `${push}x` }, 'DeliveryModeRequestedUnavailable'],
    ['an unknown filter', { filter: 'Intel(r) AMT:None' }, 'DestinationUnreachable'],
    ['a login without a user', { auth: digest }, 'InvalidRepresentation MissingValues'],
    ['another kind of login', { auth: `${digest}x` }, 'UnsupportedFeature AuthorizationMode'],
    [
      'an opaque value too long',
      { opaque: `<m:arg xmlns:m="http://x.com">${'x'.repeat(600)}</m:arg>` },
      'InvalidRepresentation InvalidValues',
    ],
  ])('refused: %s', (_, order, fault) => {
    expect(faultOf(subscribe(new Soap(), order))).toBe(fault);
  });

  test('https from AMT 11 on', () => {
    const order = { url: 'https://192.0.2.1/' };
    expect(faultOf(subscribe(new Soap({ profile: '9.1' }), order))).toBe('InvalidParameter');
    expect(faultOf(subscribe(new Soap({ profile: '12.0' }), order))).toBe('ok');
  });
});

interface Post {
  readonly authorization: string | undefined;
  readonly body: string;
}

describe('delivery', () => {
  const posts: Post[] = [];
  let answer: (reply: ServerResponse, post: Post) => void;
  let server: Server;
  let url: string;
  let soap: Soap;

  const serve = async (request: IncomingMessage, reply: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const post = { authorization: request.headers.authorization, body: Buffer.concat(chunks).toString() };
    posts.push(post);
    answer(reply, post);
  };

  beforeEach(async () => {
    posts.length = 0;
    answer = (reply) => reply.writeHead(200).end();
    server = createServer((request, reply) => void serve(request, reply));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/sink`;
    soap = new Soap();
    deliveries(soap.device).limits = { triedForMs: 5000, pauseMs: 1 };
  });

  afterEach(async () => {
    soap.device.dispose();
    await deliveries(soap.device).idle();
    server.close();
    server.closeAllConnections();
  });

  test('an alert has the form of the recorded one', async () => {
    subscribe(soap, { url, mode: pushWithAck });
    answer = (reply, { body }) => reply.writeHead(200).end(acknowledge(body));
    raise(soap.device, { messageId: 'iAMT0005' });
    await deliveries(soap.device).idle();
    const recorded = readFileSync(
      new URL('../../../fixtures/amt/events/alertindication-iamt0005.xml', import.meta.url),
      'utf8',
    ).trim();
    const changing = /uuid:[\dA-F-]+|Intel\(r\):\d+|\d{4}-\d\d-\d\dT[\d:.]+Z/g;
    expect(posts).toHaveLength(1);
    expect(posts[0]?.body.replaceAll(changing, '…')).toBe(recorded.replaceAll(changing, '…'));
    expect(deliveries(soap.device).results).toMatchObject([{ alert: 'iAMT0005', outcome: 'delivered', attempts: 1 }]);
  });

  test('the opaque value comes back in the header, and no acknowledgement is asked for with Push', async () => {
    subscribe(soap, { url, opaque: '<m:arg xmlns:m="http://x.com">lab-1 &amp; more</m:arg>' });
    raise(soap.device, { messageId: 'iAMT0052', messageArguments: ['1'] });
    await deliveries(soap.device).idle();
    expect(posts[0]?.body).toContain('<m:arg xmlns:m="http://x.com">lab-1 &amp; more</m:arg></a:Header>');
    expect(posts[0]?.body).toContain('<g:MessageArguments>1</g:MessageArguments>');
    expect(posts[0]?.body).not.toContain('AckRequested');
  });

  test('without its acknowledgement an alert is sent again', async () => {
    subscribe(soap, { url, mode: pushWithAck });
    answer = (reply, { body }) =>
      reply.writeHead(200).end(posts.length === 1 ? acknowledge(body.replace(/uuid:/, 'uuid:9')) : acknowledge(body));
    raise(soap.device, { messageId: 'iAMT0056' });
    await deliveries(soap.device).idle();
    expect(deliveries(soap.device).results).toMatchObject([{ outcome: 'delivered', attempts: 2 }]);
    expect(posts[0]?.body).toBe(posts[1]?.body);
  });

  test('a collector that asks for a login gets one: RFC 2617 with auth', async () => {
    subscribe(soap, { url, auth: digest, login: { user: 'collector', password: 'P@ssw0rd' } });
    answer = (reply, { authorization }) => {
      if (authorization) reply.writeHead(200).end();
      else reply.writeHead(401, { 'WWW-Authenticate': 'Digest realm="sink", nonce="n0", qop="auth,auth-int"' }).end();
    };
    raise(soap.device, { messageId: 'iAMT0056' });
    await deliveries(soap.device).idle();
    const sent = new Map<string, string>();
    for (const [, name = '', value = ''] of (posts[1]?.authorization ?? '').matchAll(/(\w+)="?([^",]*)"?/g)) {
      sent.set(name, value);
    }
    const ha1 = hash('md5', 'collector:sink:P@ssw0rd');
    const ha2 = hash('md5', 'POST:/sink');
    expect(Object.fromEntries(sent)).toMatchObject({
      username: 'collector',
      realm: 'sink',
      nonce: 'n0',
      uri: '/sink',
      qop: 'auth',
      nc: '00000001',
    });
    expect(sent.get('response')).toBe(hash('md5', `${ha1}:n0:00000001:${sent.get('cnonce') ?? ''}:auth:${ha2}`));
  });

  test('nobody there: tried until the time is over, then dropped', async () => {
    deliveries(soap.device).limits = { triedForMs: 50, pauseMs: 1 };
    subscribe(soap, { url });
    answer = (reply) => reply.writeHead(503).end();
    raise(soap.device, { messageId: 'iAMT0056' });
    await deliveries(soap.device).idle();
    expect(deliveries(soap.device).results).toMatchObject([{ outcome: 'dropped' }]);
    expect(posts.length).toBeGreaterThan(1);
  });

  test('a device that is disposed of gives up at once', async () => {
    subscribe(soap, { url });
    answer = () => {
      soap.device.dispose();
    };
    raise(soap.device, { messageId: 'iAMT0056' });
    await deliveries(soap.device).idle();
    expect(deliveries(soap.device).results).toMatchObject([{ outcome: 'dropped', attempts: 1 }]);
  });

  test('what BIOS tells is told on, by the names of the platform’s message registry', async () => {
    subscribe(soap, { url });
    const log = eventLog(soap.device);
    log.add({ sensorType: 5, offset: 0 });
    log.add({ sensorType: 5, offset: 0x80 });
    log.add({ sensorType: 15, offset: 0 });
    log.add({ sensorType: 15, offset: 1 }); // a hang is only written down
    log.add({ sensorType: 15, offset: 2 });
    await deliveries(soap.device).idle();
    const told = deliveries(soap.device).results.map(({ alert }) => alert);
    expect(told).toEqual(['PLAT0004', 'PLAT0005', 'PLAT0184', 'PLAT0188']);
  });

  test('only what the filter takes, in its order', async () => {
    subscribe(soap, { url, filter: 'Intel(r) AMT:Platform' });
    for (const messageId of ['iAMT0056', 'PLAT0004', 'PLAT0005']) raise(soap.device, { messageId });
    await deliveries(soap.device).idle();
    expect(posts.map(({ body }) => />(PLAT\d+|iAMT\d+)</.exec(body)?.[1])).toEqual(['PLAT0004', 'PLAT0005']);
  });
});

/** What a collector answers: DSP0226, section 10.7. */
function acknowledge(event: string): string {
  const messageId = /<b:MessageID>([^<]*)</.exec(event)?.[1] ?? '';
  return (
    '<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing">' +
    '<s:Header><a:Action>http://schemas.dmtf.org/wbem/wsman/1/wsman/Ack</a:Action>' +
    `<a:RelatesTo>${messageId}</a:RelatesTo></s:Header><s:Body/></s:Envelope>`
  );
}

describe('SNMP', () => {
  const filter = {
    ...{ EnableFilter: true, OEMFilter: false, LogOnEvent: true, SendAlert: true, DeviceAddress: 255 },
    ...{ EventSensorType: 5, EventType: 111, EventOffset: 0, EventSourceType: 255, EventSeverity: 255 },
    ...{ SensorNumber: 255, Entity: 255, EntityInstance: 255, PolicyID: 9 },
  };

  test('filters come and go, except the diagnostic one', () => {
    const soap = new Soap();
    const diagnostic = soap.list('AMT_PETFilterSetting').find(({ PolicyID }) => PolicyID === '134');
    const InstanceID = String(diagnostic?.InstanceID);
    expect(faultOf(soap.delete('AMT_PETFilterSetting', { InstanceID }))).toBe('InternalError 16');
    const made = soap.create('AMT_PETFilterSetting', filter);
    const id = selectorIn(made.body, 'InstanceID') ?? '';
    soap.put('AMT_PETFilterSetting', { ...filter, SendAlert: false }, { InstanceID: id });
    expect(soap.get('AMT_PETFilterSetting', { InstanceID: id })).toMatchObject({ PolicyID: '9', SendAlert: 'false' });
    expect(faultOf(soap.delete('AMT_PETFilterSetting', { InstanceID: id }))).toBe('ok');
    expect(faultOf(soap.create('AMT_PETFilterSetting', { ...filter, EventType: 256 }))).toBe(
      'InvalidRepresentation InvalidValues',
    );
    const { SendAlert: _, ...rest } = filter;
    expect(faultOf(soap.create('AMT_PETFilterSetting', rest))).toBe('InvalidRepresentation MissingValues');
  });

  test('17 filters, with those that were there', () => {
    const soap = new Soap();
    for (let at = soap.list('AMT_PETFilterSetting').length; at < 17; at++) soap.create('AMT_PETFilterSetting', filter);
    expect(faultOf(soap.create('AMT_PETFilterSetting', filter))).toBe('InternalError 23');
  });

  test('subscribers belong to the filters of their policy', () => {
    const soap = new Soap();
    const subscriber = { PolicyID: 1, AccessInfo: '192.0.2.9', InfoFormat: 3, CommunityString: 'lab' };
    expect(faultOf(soap.create('AMT_SNMPEventSubscriber', { ...subscriber, PolicyID: 77 }))).toBe('InternalError 2066');
    expect(faultOf(soap.create('AMT_SNMPEventSubscriber', { ...subscriber, InfoFormat: 4 }))).toBe(
      'InternalError 2066',
    );
    expect(faultOf(soap.create('AMT_SNMPEventSubscriber', { ...subscriber, AccessInfo: 'sink' }))).toBe(
      'InternalError 2066',
    );
    const made = soap.create('AMT_SNMPEventSubscriber', subscriber);
    const Name = selectorIn(made.body, 'Name') ?? '';
    expect(soap.list('AMT_EventSubscriber')).toMatchObject([{ AccessInfo: '192.0.2.9', CommunityString: 'lab', Name }]);
    expect(soap.elements('AMT_PETFilterForTarget').map((item) => selectorIn(item, 'Name'))).toEqual([Name]);
    for (let at = 1; at < 14; at++) expect(faultOf(soap.create('AMT_SNMPEventSubscriber', subscriber))).toBe('ok');
    expect(faultOf(soap.create('AMT_SNMPEventSubscriber', subscriber))).toBe('InternalError 23');
    expect(faultOf(soap.delete('AMT_SNMPEventSubscriber', { Name }))).toBe('ok');
  });

  test('gone from AMT 18', () => {
    const soap = new Soap({ profile: '18.0' });
    expect(() => soap.get('AMT_EventManagerService')).toThrow('DestinationUnreachable');
    expect(() => soap.list('AMT_PETFilterSetting')).toThrow('DestinationUnreachable');
    expect(soap.list('CIM_FilterCollection')).not.toEqual([]);
  });
});
