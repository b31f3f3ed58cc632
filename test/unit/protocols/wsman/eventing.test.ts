import { expect, test } from 'vitest';
import { Secret } from '../../../../src/base/secret';
import { WsmanClient } from '../../../../src/protocols/wsman/client';
import { scriptedDevice } from './device';

const filters = 'http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_FilterCollection';
const subscriptions = 'http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_FilterCollectionSubscription';
const signal = AbortSignal.timeout(10_000);
const bodyOf = (text: string | undefined): string | undefined => /<s:Body>(.*)<\/s:Body>/s.exec(text ?? '')?.[1];

test('a plain subscription', async () => {
  const { exchange, seen } = scriptedDevice('<e:SubscribeResponse/>');
  const subscription = await new WsmanClient(exchange).subscribe(
    filters,
    { mode: 'push', notifyTo: 'http://10.0.0.1:9000/?a=1&b=2' },
    { signal, selectors: { InstanceID: 'Intel(r) AMT:All' } },
  );
  expect(subscription).toEqual({ manager: undefined, identifier: undefined });
  expect(seen).toMatchObject([
    { action: 'http://schemas.xmlsoap.org/ws/2004/08/eventing/Subscribe', resourceUri: filters },
  ]);
  expect(bodyOf(seen[0]?.text)).toBe(
    '<e:Subscribe><e:Delivery Mode="http://schemas.xmlsoap.org/ws/2004/08/eventing/DeliveryModes/Push">' +
      '<e:NotifyTo><a:Address>http://10.0.0.1:9000/?a=1&amp;b=2</a:Address></e:NotifyTo></e:Delivery></e:Subscribe>',
  );
  expect(seen[0]?.text).not.toContain('IssuedTokens');
});

test('one with acknowledgement, an opaque value and the login for the collector', async () => {
  const { exchange, seen } = scriptedDevice('<e:SubscribeResponse/>');
  await new WsmanClient(exchange).subscribe(
    filters,
    {
      mode: 'push-ack',
      notifyTo: 'https://collector/',
      opaque: { namespace: 'http://x.com', name: 'arg', value: 'lab-01' },
      login: { user: 'amt', password: new Secret('p<w') },
    },
    { signal },
  );
  expect(seen[0]?.text).toContain(' xmlns:r="http://x.com"');
  expect(bodyOf(seen[0]?.text)).toBe(
    '<e:Subscribe><e:Delivery Mode="http://schemas.dmtf.org/wbem/wsman/1/wsman/PushWithAck">' +
      '<e:NotifyTo><a:Address>https://collector/</a:Address>' +
      '<a:ReferenceParameters><r:arg>lab-01</r:arg></a:ReferenceParameters></e:NotifyTo>' +
      '<w:Auth Profile="http://schemas.dmtf.org/wbem/wsman/1/wsman/secprofile/http/digest"/></e:Delivery></e:Subscribe>',
  );
  const profile = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0';
  expect(seen[0]?.text).toContain(
    `<t:IssuedTokens><t:RequestSecurityTokenResponse><t:TokenType>${profile}#UsernameToken</t:TokenType>` +
      '<t:RequestedSecurityToken><o:UsernameToken><o:Username>amt</o:Username>' +
      `<o:Password Type="${profile}#PasswordText">p&lt;w</o:Password></o:UsernameToken></t:RequestedSecurityToken>` +
      '</t:RequestSecurityTokenResponse></t:IssuedTokens></s:Header>',
  );
});

test('who manages the subscription, where the device says so', async () => {
  const manager =
    '<e:SubscribeResponse><e:SubscriptionManager><b:Address>http://device/wsman</b:Address><b:ReferenceParameters>' +
    '<c:ResourceURI>urn:Manager</c:ResourceURI><c:SelectorSet><c:Selector Name="Name">s1</c:Selector></c:SelectorSet>' +
    '<e:Identifier> uuid:5 </e:Identifier></b:ReferenceParameters></e:SubscriptionManager></e:SubscribeResponse>';
  const { exchange } = scriptedDevice(manager);
  expect(
    await new WsmanClient(exchange).subscribe(filters, { mode: 'push', notifyTo: 'http://h/' }, { signal }),
  ).toEqual({
    manager: { address: 'http://device/wsman', resourceUri: 'urn:Manager', selectors: { Name: 's1' } },
    identifier: 'uuid:5',
  });
});

test('a subscription is ended by its two ends', async () => {
  const { exchange, seen } = scriptedDevice('');
  const Filter = { resourceUri: filters, selectors: { InstanceID: 'Intel(r) AMT:All' } };
  const Handler = { resourceUri: 'urn:Listener', selectors: { Name: 'l1' } };
  await new WsmanClient(exchange).unsubscribe(subscriptions, { signal, selectors: { Filter, Handler } });
  expect(seen).toMatchObject([
    { action: 'http://schemas.xmlsoap.org/ws/2004/08/eventing/Unsubscribe', resourceUri: subscriptions },
  ]);
  expect(bodyOf(seen[0]?.text)).toBe('<e:Unsubscribe/>');
  const address = '<a:Address>http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</a:Address>';
  expect(seen[0]?.text).toContain(
    `<w:SelectorSet><w:Selector Name="Filter"><a:EndpointReference>${address}<a:ReferenceParameters><w:ResourceURI>${filters}` +
      '</w:ResourceURI><w:SelectorSet><w:Selector Name="InstanceID">Intel(r) AMT:All</w:Selector></w:SelectorSet>' +
      '</a:ReferenceParameters></a:EndpointReference></w:Selector><w:Selector Name="Handler">',
  );
});
