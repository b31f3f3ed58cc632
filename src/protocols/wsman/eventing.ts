import type { Secret } from '../../base/secret';
import { findChild, type XmlElement } from '../../base/xml/element';
import { namespaces } from './namespaces';
import { readReference } from './reference';
import type { Reply } from './response';
import { toElements } from './sendable';
import { element } from './tree';
import type { EndpointReference } from './values';

const { addressing, eventing, security, trust, wsman } = namespaces;
const tokenProfile = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0';

/** How events come: with `push-ack` the device sends each again until it is acknowledged. DSP0226 section 10.2. */
export type DeliveryMode = keyof typeof deliveryModes;

const deliveryModes = {
  push: `${eventing}/DeliveryModes/Push`,
  'push-ack': 'http://schemas.dmtf.org/wbem/wsman/1/wsman/PushWithAck',
} as const;

/** What a collector asks for. */
export interface SubscriptionRequest {
  readonly mode: DeliveryMode;
  /** Where the device sends its events. Intel AMT takes at most 253 characters, https since 11.0. */
  readonly notifyTo: string;
  /** Comes back as an element of that name in the header of every event. */
  readonly opaque?: { readonly namespace: string; readonly name: string; readonly value: string };
  /** With what the device answers the collector's own digest challenge. */
  readonly login?: { readonly user: string; readonly password: Secret };
}

export interface Subscription {
  /** Undefined when the device does not say. */
  readonly manager: EndpointReference | undefined;
  /** What some devices tell subscriptions apart by. */
  readonly identifier: string | undefined;
}

export function subscribeBody({ mode, notifyTo, opaque, login }: SubscriptionRequest): XmlElement {
  const address = element(addressing, 'Address', notifyTo);
  const parameters = opaque && [
    element(addressing, 'ReferenceParameters', [element(opaque.namespace, opaque.name, opaque.value)]),
  ];
  const auth = element(wsman, 'Auth', '', {
    Profile: 'http://schemas.dmtf.org/wbem/wsman/1/wsman/secprofile/http/digest',
  });
  const delivery = [element(eventing, 'NotifyTo', [address, ...(parameters ?? [])]), ...(login ? [auth] : [])];
  return element(eventing, 'Subscribe', [element(eventing, 'Delivery', delivery, { Mode: deliveryModes[mode] })]);
}

/** The header block that carries the collector's login. */
export function issuedTokens({ user, password }: NonNullable<SubscriptionRequest['login']>): XmlElement {
  const secret = element(security, 'Password', password.reveal(), { Type: `${tokenProfile}#PasswordText` });
  const token = element(security, 'UsernameToken', [...toElements(security, 'Username', user), secret]);
  return element(trust, 'IssuedTokens', [
    element(trust, 'RequestSecurityTokenResponse', [
      element(trust, 'TokenType', `${tokenProfile}#UsernameToken`),
      element(trust, 'RequestedSecurityToken', [token]),
    ]),
  ]);
}

export function unsubscribeBody(): XmlElement {
  return element(eventing, 'Unsubscribe');
}

export function readSubscription(reply: Reply): Subscription {
  const holder = findChild(reply.content, 'SubscriptionManager');
  const parameters = findChild(holder, 'ReferenceParameters') ?? findChild(holder, 'ReferenceProperties');
  return {
    manager: holder && readReference(holder),
    identifier: findChild(parameters, 'Identifier')?.text.trim(),
  };
}
