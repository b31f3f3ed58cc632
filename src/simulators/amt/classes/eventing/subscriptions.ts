import type { Secret } from '../../../../base/secret';
import type { AmtDevice } from '../../device';
import type { Alert } from '../../alerts';
import { type AmtClass, perDevice } from '../../model/amtClass';
import { Realm } from '../../realms';
import { type Keys, reference, systemKeys } from '../../model/values';

/** DeliveryMode of CIM_ListenerDestinationWSManagement. */
export const DeliveryMode = { push: 2, pushWithAck: 3 } as const;
export type DeliveryMode = (typeof DeliveryMode)[keyof typeof DeliveryMode];

export interface Subscription {
  /** Makes the name of its listener destination. */
  readonly number: number;
  /** InstanceID of a filter collection. */
  readonly filter: FilterId;
  readonly destination: string;
  readonly mode: DeliveryMode;
  /** For the collector's digest login. */
  readonly login?: { readonly user: string; readonly password: Secret };
  /** Elements that come back in the header of each event, as XML. */
  readonly opaque: string;
}

/** What there is to subscribe to, by InstanceID. */
const filters = {
  'Intel(r) AMT:All': { name: 'Intel(r) AMT:AllEvents', takes: () => true },
  'Intel(r) AMT:Features': {
    name: 'Intel(r) AMT:FeaturesEvents',
    takes: (alert: Alert) => alert.messageId.startsWith('iAMT'),
  },
  'Intel(r) AMT:Platform': {
    name: 'Intel(r) AMT:PlatformEvents',
    takes: (alert: Alert) => alert.messageId.startsWith('PLAT'),
  },
} as const satisfies Record<string, { name: string; takes(alert: Alert): boolean }>;
export type FilterId = keyof typeof filters;

/** From AMT 6. */
export const mostSubscriptions = 9;
export const digestProfile = 'http://schemas.dmtf.org/wbem/wsman/1/wsman/secprofile/http/digest';

class Subscriptions {
  readonly all: Subscription[] = [];
  #last = 0;

  add(make: (number: number) => Subscription): Subscription {
    const subscription = make(++this.#last);
    this.all.push(subscription);
    return subscription;
  }

  remove(listener: string): void {
    const at = this.all.findIndex((one) => listenerName(one) === listener);
    if (at >= 0) this.all.splice(at, 1);
  }
}

export const subscriptions = perDevice(() => new Subscriptions());

export function isFilterId(id: unknown): id is FilterId {
  return typeof id === 'string' && id in filters;
}

/** The name that events of this filter bear. */
export function filterName(id: FilterId): string {
  return filters[id].name;
}

export function subscriptionsTo(device: AmtDevice, alert: Alert): readonly Subscription[] {
  return subscriptions(device).all.filter(({ filter }) => filters[filter].takes(alert));
}

export const listenerDestination: AmtClass = {
  name: 'CIM_ListenerDestinationWSManagement',
  keys: ['CreationClassName', 'Name', 'SystemCreationClassName', 'SystemName'],
  parents: ['CIM_ListenerDestination'],
  readers: [Realm.eventManager],
  writers: [Realm.eventManager],
  list: (device) =>
    subscriptions(device).all.map((one) => ({
      ...listenerKeys(one),
      DeliveryAuth: one.login && digestProfile,
      DeliveryMode: one.mode,
      Destination: one.destination,
    })),
};

/** The keys of a CIM_FilterCollectionSubscription. */
export function subscriptionKeys(subscription: Subscription) {
  return {
    Filter: reference('CIM_FilterCollection', { InstanceID: subscription.filter }),
    Handler: reference('CIM_ListenerDestinationWSManagement', listenerKeys(subscription)),
  } as const satisfies Keys;
}

export function listFilters(): readonly { readonly InstanceID: string; readonly CollectionName: string }[] {
  return Object.entries(filters).map(([InstanceID, { name }]) => ({ InstanceID, CollectionName: name }));
}

function listenerKeys(subscription: Subscription) {
  return { ...systemKeys('CIM_ListenerDestinationWSManagement'), Name: listenerName(subscription) } as const;
}

function listenerName({ number }: Pick<Subscription, 'number'>): string {
  return `Intel(r) AMT:Listener Destination ${number}`;
}
