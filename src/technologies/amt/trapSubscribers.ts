import type { Secret } from '../../base/secret';
import { addressFormats } from '../../protocols/amt/cimFields';
import { petFilterSetting } from '../../protocols/amt/cim/petFilterSetting';
import { snmpEventSubscriber } from '../../protocols/amt/cim/snmpEventSubscriber';
import { numberOf } from '../../protocols/wsman/cimClass';
import type { Selectors } from '../../protocols/wsman/values';
import type { Difference } from '../difference';
import type { AmtClient } from './client';

/** Stands for every value in a filter. */
const any = 255;
/** The fields of an event by which a filter chooses. */
const criteria = [
  ...(['DeviceAddress', 'EventSensorType', 'EventType', 'EventOffset', 'EventSourceType'] as const),
  ...(['EventSeverity', 'SensorNumber', 'Entity', 'EntityInstance'] as const),
] as const;

export const mostTrapSubscribers = 14;

/** Whom the device sends SNMP traps: those of the filters with the same policy. Gone since generation 18. */
export interface TrapSubscriber {
  readonly address: string;
  readonly policy: number;
  /** Undefined where the device does not tell it, or uses its usual one. */
  readonly community: string | undefined;
  readonly keys: Selectors;
}

/** Which events become traps. */
export interface TrapFilter {
  readonly policy: number;
  readonly isSending: boolean;
  readonly takesAll: boolean;
}

export interface WantedTraps {
  readonly address: string;
  readonly policy: number;
  /** Absent: the device's usual one. */
  readonly community?: Secret;
  /** Every event, by a filter of its own where there is none. */
  readonly allEvents: boolean;
}

export async function readTrapSubscribers(client: AmtClient, signal: AbortSignal): Promise<readonly TrapSubscriber[]> {
  const subscribers = await client.list(snmpEventSubscriber, signal);
  return subscribers.map(({ AccessInfo, PolicyID, CommunityString, ...held }) => ({
    address: AccessInfo ?? '',
    policy: PolicyID ?? 0,
    community: CommunityString,
    keys: {
      CreationClassName: held.CreationClassName ?? 'AMT_SNMPEventSubscriber',
      Name: held.Name ?? '',
      SystemCreationClassName: held.SystemCreationClassName ?? 'CIM_ComputerSystem',
      SystemName: held.SystemName ?? 'Intel(r) AMT',
    },
  }));
}

export async function readTrapFilters(client: AmtClient, signal: AbortSignal): Promise<readonly TrapFilter[]> {
  const filters = await client.list(petFilterSetting, signal);
  return filters.map((filter) => ({
    policy: filter.PolicyID ?? 0,
    isSending: filter.EnableFilter === true && filter.SendAlert === true,
    takesAll: criteria.every((field) => filter[field] === any),
  }));
}

/** `10.0.0.9, policy 1` */
export function describeTraps({ address, policy }: Pick<TrapSubscriber, 'address' | 'policy'>): string {
  return `${address}, policy ${policy}`;
}

/** What is to be done so that the device sends these traps. The filter first: a device takes no subscriber without one. */
export async function trapDifferences(
  client: AmtClient,
  wanted: WantedTraps,
  signal: AbortSignal,
): Promise<readonly Difference[]> {
  const { policy, community } = wanted;
  const filters = wanted.allEvents ? await readTrapFilters(client, signal) : [];
  const hasFilter = filters.some((one) => one.policy === policy && one.isSending && one.takesAll);
  const held = (await readTrapSubscribers(client, signal)).filter((one) => isOf(one, wanted));
  const isRight = (one: TrapSubscriber): boolean =>
    !community || one.community === undefined || one.community === community.reveal();
  const filter: Difference = { name: `filter of policy ${policy}`, write: (stop) => addFilter(client, policy, stop) };
  const subscriber: Difference = { name: describeTraps(wanted), write: (stop) => addSubscriber(client, wanted, stop) };
  return [
    ...(wanted.allEvents && !hasFilter ? [filter] : []),
    ...(held.some(isRight) ? [] : [...held.map((one) => removal(client, one)), subscriber]),
  ];
}

/** What is to be done so that the device has none of these subscribers. */
export async function trapRemovals(
  client: AmtClient,
  isUnwanted: (subscriber: TrapSubscriber) => boolean,
  signal: AbortSignal,
): Promise<readonly Difference[]> {
  const held = (await readTrapSubscribers(client, signal)).filter(isUnwanted);
  return held.map((one) => removal(client, one));
}

function isOf({ address, policy }: TrapSubscriber, wanted: WantedTraps): boolean {
  return address === wanted.address && policy === wanted.policy;
}

function removal(client: AmtClient, subscriber: TrapSubscriber): Difference {
  const { resourceUri } = snmpEventSubscriber;
  const selectors = subscriber.keys;
  return {
    name: `${describeTraps(subscriber)} removed`,
    write: (signal) => client.wsman.delete(resourceUri, { selectors, signal }),
  };
}

async function addSubscriber(client: AmtClient, wanted: WantedTraps, signal: AbortSignal): Promise<void> {
  const properties = {
    AccessInfo: wanted.address,
    CommunityString: wanted.community,
    InfoFormat: numberOf(addressFormats, 'IPv4'),
    PolicyID: wanted.policy,
  };
  await client.wsman.create(snmpEventSubscriber.resourceUri, properties, { signal });
}

/** It only sends: what is logged is the business of the other filters. */
async function addFilter(client: AmtClient, policy: number, signal: AbortSignal): Promise<void> {
  const properties = {
    ...Object.fromEntries(criteria.map((field) => [field, any])),
    EnableFilter: true,
    LogOnEvent: false,
    OEMFilter: false,
    PolicyID: policy,
    SendAlert: true,
  };
  const inOrder = Object.fromEntries(Object.entries(properties).sort(([one], [other]) => (one < other ? -1 : 1)));
  await client.wsman.create(petFilterSetting.resourceUri, inOrder, { signal });
}
