import { SidebandError } from '../../base/errors';
import type { Secret } from '../../base/secret';
import { filterCollection } from '../../protocols/amt/cim/filterCollection';
import { filterCollectionSubscription } from '../../protocols/amt/cim/filterCollectionSubscription';
import { listenerDestination } from '../../protocols/amt/cim/listenerDestination';
import type { DeliveryMode } from '../../protocols/wsman/eventing';
import type { EndpointReference } from '../../protocols/wsman/values';
import type { Difference } from '../difference';
import type { AmtClient } from './client';

/** Before the names of filters and collections. */
const prefix = /^Intel\(r\) AMT:/;
/** As other consoles write it, and collectors read it. */
const opaqueElement = { namespace: 'http://x.com', name: 'arg' } as const;

/** Whom the device tells of events by WS-Eventing. */
export interface EventSubscription {
  /** A URL. */
  readonly destination: string;
  /** The key of the events, such as `Intel(r) AMT:All`, and its short name. */
  readonly filterId: string;
  readonly filter: string;
  /** In words, such as `push`. */
  readonly delivery: string;
  /** Of what names the subscription: the events and the collector. */
  readonly keys: { readonly Filter: EndpointReference; readonly Handler: EndpointReference };
}

export interface WantedSubscription {
  readonly url: string;
  /** Short or whole name of a filter. */
  readonly filter: string;
  readonly delivery: DeliveryMode;
  /** Comes back with every event. Neither it nor the login can be read back. */
  readonly opaque?: string;
  readonly login?: { readonly user: string; readonly password: Secret };
}

const deliveryWords: Readonly<Record<DeliveryMode, string>> = { push: 'push', 'push-ack': 'push with acknowledgement' };

/** How many subscriptions devices take: AMT 3.2 to 5, and from 6.0. */
export function mostSubscriptions(generation: number): number {
  return generation > 0 && generation < 6 ? 6 : 9;
}

/** The keys of the filters, such as `Intel(r) AMT:All`. */
export async function readEventFilters(client: AmtClient, signal: AbortSignal): Promise<readonly string[]> {
  const filters = await client.list(filterCollection, signal);
  return filters.map(({ InstanceID }) => InstanceID).filter((id) => id !== undefined);
}

export function shortFilterName(id: string): string {
  return id.replace(prefix, '');
}

export async function readEventSubscriptions(
  client: AmtClient,
  signal: AbortSignal,
): Promise<readonly EventSubscription[]> {
  const links = await client.list(filterCollectionSubscription, signal);
  const collectors = links.length > 0 ? await client.list(listenerDestination, signal) : [];
  return links.flatMap(({ Filter, Handler }): readonly EventSubscription[] => {
    const filterId = Filter?.selectors.InstanceID;
    if (!Filter || !Handler || typeof filterId !== 'string') return [];
    const collector = collectors.find(({ Name }) => Name === Handler.selectors.Name);
    return [
      {
        destination: collector?.Destination ?? '',
        filterId,
        filter: shortFilterName(filterId),
        delivery: collector?.DeliveryMode ?? '',
        keys: { Filter, Handler },
      },
    ];
  });
}

/** `http://collector.example/ (All, push)` */
export function describeSubscription({
  destination,
  filter,
  delivery,
}: Omit<EventSubscription, 'filterId' | 'keys'>): string {
  return `${withoutLogin(destination)} (${filter}, ${delivery})`;
}

/** Other consoles may have put a password into the address. */
export function withoutLogin(url: string): string {
  return url.replace(/^(https?:\/\/)[^/?#]*@/i, '$1');
}

export function describeWantedSubscription({ url, filter, delivery }: WantedSubscription): string {
  return describeSubscription({ destination: url, filter: shortFilterName(filter), delivery: deliveryWords[delivery] });
}

/** Whether a subscription is the one that is meant, however its events are delivered. */
export function isOf(
  { destination, filter }: EventSubscription,
  wanted: Pick<WantedSubscription, 'url' | 'filter'>,
): boolean {
  return destination === wanted.url && filter === shortFilterName(wanted.filter);
}

/** What is to be done so that the device has this subscription, in the way of delivery that is wanted. */
export async function subscriptionDifferences(
  client: AmtClient,
  wanted: WantedSubscription,
  signal: AbortSignal,
): Promise<readonly Difference[]> {
  const held = (await readEventSubscriptions(client, signal)).filter((one) => isOf(one, wanted));
  if (held.some(({ delivery }) => delivery === deliveryWords[wanted.delivery])) return [];
  return [
    ...held.map((one) => unsubscription(client, one)),
    { name: describeWantedSubscription(wanted), write: (stop) => subscribe(client, wanted, stop) },
  ];
}

/** What is to be done so that the device has none of these subscriptions. */
export async function subscriptionRemovals(
  client: AmtClient,
  isUnwanted: (subscription: EventSubscription) => boolean,
  signal: AbortSignal,
): Promise<readonly Difference[]> {
  const held = (await readEventSubscriptions(client, signal)).filter(isUnwanted);
  return held.map((one) => unsubscription(client, one));
}

function unsubscription(client: AmtClient, subscription: EventSubscription): Difference {
  const { resourceUri } = filterCollectionSubscription;
  const selectors = subscription.keys;
  return {
    name: `${describeSubscription(subscription)} removed`,
    write: (signal) => client.wsman.unsubscribe(resourceUri, { selectors, signal }),
  };
}

async function subscribe(
  client: AmtClient,
  { url, filter, delivery, opaque, login }: WantedSubscription,
  signal: AbortSignal,
): Promise<void> {
  const filters = await readEventFilters(client, signal);
  const InstanceID = filters.find((id) => shortFilterName(id) === shortFilterName(filter));
  if (InstanceID === undefined) throw new SidebandError('device.unsupported', `it has no event filter ${filter}`);
  const request = {
    mode: delivery,
    notifyTo: url,
    ...(opaque !== undefined && { opaque: { ...opaqueElement, value: opaque } }),
    ...(login && { login }),
  };
  await client.wsman.subscribe(filterCollection.resourceUri, request, { selectors: { InstanceID }, signal });
}
