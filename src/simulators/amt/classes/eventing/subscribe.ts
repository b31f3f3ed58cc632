import { findChild, findPath, type XmlElement } from '../../../../base/xml/element';
import { escapeXml } from '../../../../base/xml/escapeXml';
import { Secret } from '../../../../base/secret';
import type { AmtDevice } from '../../device';
import type { Action, AmtClass } from '../../model/amtClass';
import { Realm } from '../../realms';
import { AmtFault, invalidValue, missingValue } from '../../model/fault';
import type { Sent } from '../../model/sent';
import { isReference, keyText } from '../../model/selectors';
import { majorVersion } from '../../profiles';
import { eventing, wsman } from '../../wire/namespaces';
import { writeReference } from '../../wire/writeInstance';
import { Audit, auditLog } from '../auditLog';
import {
  DeliveryMode,
  digestProfile,
  isFilterId,
  listFilters,
  mostSubscriptions,
  type Subscription,
  subscriptionKeys,
  subscriptions,
} from './subscriptions';

const longestUrl = 253;
const longestOpaque = 512;
const modes: ReadonlyMap<string, DeliveryMode> = new Map([
  [`${eventing}/DeliveryModes/Push`, DeliveryMode.push],
  ['http://schemas.dmtf.org/wbem/wsman/1/wsman/PushWithAck', DeliveryMode.pushWithAck],
]);

/** WS-Eventing, section 3.1, as DSP0226 section 10.2 narrows it. */
const subscribe: Action = (context, body) => {
  const { device, header, instance } = context;
  const filter = instance?.InstanceID;
  if (!isFilterId(filter)) throw new AmtFault('InvalidSelectors');
  const delivery = body.inner('Delivery');
  const mode = modes.get(body.element('Delivery')?.attributes.get('Mode') ?? '');
  if (!delivery) throw missingValue();
  if (mode === undefined) throw new AmtFault('DeliveryModeRequestedUnavailable');
  const notifyTo = delivery.inner('NotifyTo');
  if (!notifyTo) throw missingValue();
  const destination = notifyTo.requiredText('Address').trim();
  assertUrl(destination, device);
  const login = readLogin(delivery, header);
  const opaque = readOpaque(notifyTo.element('ReferenceParameters'));
  if (subscriptions(device).all.length >= mostSubscriptions) throw new AmtFault('QuotaLimit');
  const made = subscriptions(device).add((number) => ({ number, filter, destination, mode, opaque, ...login }));
  auditLog(device).add(context, { app: Audit.eventLog.app, event: Audit.eventLog.subscribed });
  const manager = writeReference({ className: subscriptionClass.name, keys: subscriptionKeys(made) });
  return {
    action: `${eventing}/SubscribeResponse`,
    namespaces: [eventing],
    body: `<g:SubscribeResponse><g:SubscriptionManager>${manager}</g:SubscriptionManager></g:SubscribeResponse>`,
  };
};

const unsubscribe: Action = (context) => {
  const { device, instance } = context;
  const handler = instance?.Handler;
  if (!isReference(handler)) throw new AmtFault('InvalidSelectors');
  subscriptions(device).remove(keyText(handler.keys, 'Name'));
  auditLog(device).add(context, { app: Audit.eventLog.app, event: Audit.eventLog.unsubscribed });
  return { action: `${eventing}/UnsubscribeResponse`, namespaces: [], body: '' };
};

export const filterCollection: AmtClass = {
  name: 'CIM_FilterCollection',
  keys: ['InstanceID'],
  writers: [Realm.eventManager],
  list: listFilters,
  actions: { [`${eventing}/Subscribe`]: subscribe },
};

export const subscriptionClass: AmtClass = {
  name: 'CIM_FilterCollectionSubscription',
  keys: ['Filter', 'Handler'],
  parents: ['CIM_AbstractIndicationSubscription'],
  readers: [Realm.eventManager],
  writers: [Realm.eventManager],
  list: (device) => subscriptions(device).all.map(subscriptionKeys),
  actions: { [`${eventing}/Unsubscribe`]: unsubscribe },
};

/** http, and https from AMT 11. */
function assertUrl(text: string, device: AmtDevice): void {
  const url = URL.parse(text);
  const schemes = majorVersion(device.profile) >= 11 ? ['http:', 'https:'] : ['http:'];
  if (!url || text.length > longestUrl || !schemes.includes(url.protocol)) throw new AmtFault('InvalidParameter');
}

/** User and password of the collector stand in the header when the delivery asks for a digest login. */
function readLogin(delivery: Sent, header: XmlElement): Pick<Subscription, 'login'> {
  const auth = delivery.element('Auth');
  if (!auth) return {};
  const profile = auth.attributes.get('Profile') ?? auth.attributes.get(`{${wsman}}Profile`);
  if (profile !== digestProfile) throw new AmtFault('UnsupportedFeature', 'AuthorizationMode');
  const response = findPath(header, 'IssuedTokens', 'RequestSecurityTokenResponse');
  const token = findPath(response, 'RequestedSecurityToken', 'UsernameToken') ?? findChild(response, 'UsernameToken');
  const user = findChild(token, 'Username')?.text;
  const password = findChild(token, 'Password')?.text;
  if (user === undefined || password === undefined) throw missingValue();
  return { login: { user, password: new Secret(password) } };
}

/** Flat elements with a namespace: `<m:arg xmlns:m="http://x.com">value</m:arg>`. */
function readOpaque(parameters: XmlElement | undefined): string {
  const written = (parameters?.children ?? []).map(({ name, namespace, text, children }) => {
    if (children.length > 0 || namespace === '') throw invalidValue();
    return `<m:${name} xmlns:m="${escapeXml(namespace)}">${escapeXml(text)}</m:${name}>`;
  });
  const opaque = written.join('');
  if (opaque.length > longestOpaque) throw invalidValue();
  return opaque;
}
