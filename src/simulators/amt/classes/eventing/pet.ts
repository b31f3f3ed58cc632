import { isIP } from 'node:net';
import type { AmtDevice } from '../../device';
import { type AmtClass, perDevice } from '../../model/amtClass';
import { Realm } from '../../realms';
import { invalidValue, refused } from '../../model/fault';
import { PtStatus } from '../../model/ptStatus';
import { keyText } from '../../model/selectors';
import type { Sent } from '../../model/sent';
import { type Keys, type Properties, reference, serviceKeys, systemKeys } from '../../model/values';

const mostFilters = 17;
const mostSubscribers = 14;
const longestCommunity = 16;
/** The filter that comes with the device and stays as it is: "AMT Diagnostic". */
const diagnosticPolicy = 134;
const any = 0xff;

const flags = ['EnableFilter', 'OEMFilter', 'LogOnEvent', 'SendAlert'] as const;
const bytes = [
  ...(['DeviceAddress', 'EventSensorType', 'EventType', 'EventOffset', 'EventSourceType', 'EventSeverity'] as const),
  ...(['SensorNumber', 'Entity', 'EntityInstance', 'PolicyID'] as const),
] as const;
type PetFilter = Readonly<Record<(typeof flags)[number], boolean> & Record<(typeof bytes)[number], number>>;

interface Subscriber {
  readonly policy: number;
  readonly address: string;
  readonly format: number;
  readonly community: string | undefined;
}

interface PetState {
  community: string;
  readonly filters: Map<string, PetFilter>;
  readonly subscribers: Map<string, Subscriber>;
  made: number;
}

const anySensor: PetFilter = {
  ...{ EnableFilter: true, OEMFilter: false, LogOnEvent: true, SendAlert: true },
  ...{ DeviceAddress: any, EventSensorType: any, EventType: any, EventOffset: 0x0f, EventSourceType: any },
  ...{ EventSeverity: any, SensorNumber: any, Entity: any, EntityInstance: any, PolicyID: 0 },
};

/** Temperature, voltage and fan, each with the policy of its number, and the diagnostic filter. */
const state = perDevice((): PetState => {
  const builtIn: readonly PetFilter[] = [
    { ...anySensor, EventSensorType: 0x01, PolicyID: 1 },
    { ...anySensor, EventSensorType: 0x02, PolicyID: 2 },
    { ...anySensor, EventSensorType: 0x04, PolicyID: 3 },
    { ...anySensor, EventSensorType: 0xc0, EventOffset: any, LogOnEvent: false, PolicyID: diagnosticPolicy },
  ];
  const filters = new Map(builtIn.map((filter, index) => [filterId(index + 1), filter]));
  return { community: 'public', filters, subscribers: new Map(), made: builtIn.length };
});

/** Gone from AMT 18. */
const isThere = (device: AmtDevice): boolean => device.has('pet');

const serviceName = 'Intel(r) AMT Event Manager Service';

export const eventManagerService: AmtClass = {
  name: 'AMT_EventManagerService',
  keys: serviceKeys,
  writers: [Realm.eventManager],
  isThere,
  list: (device) => [
    {
      ...systemKeys('AMT_EventManagerService'),
      DefaultCommunityString: state(device).community,
      ElementName: serviceName,
      EnabledState: 5,
      Name: serviceName,
      RequestedState: 12,
    },
  ],
  put({ device }, sent) {
    const community = sent.text('DefaultCommunityString');
    if (community !== undefined) state(device).community = checkedCommunity(community);
  },
};

export const petFilterSetting: AmtClass = {
  name: 'AMT_PETFilterSetting',
  keys: ['InstanceID'],
  readers: [Realm.eventManager],
  writers: [Realm.eventManager],
  isThere,
  list: (device) =>
    [...state(device).filters].map(([InstanceID, filter]) => ({
      ...filter,
      ElementName: filter.PolicyID === diagnosticPolicy ? 'AMT Diagnostic' : InstanceID,
      InstanceID,
    })),
  create({ device }, sent) {
    const kept = state(device);
    const filter = readFilter(sent);
    if (kept.filters.size >= mostFilters) throw refused(PtStatus.maxLimitReached);
    const InstanceID = filterId(++kept.made);
    kept.filters.set(InstanceID, filter);
    return { InstanceID };
  },
  put({ device, instance }, sent) {
    assertMayChange(instance);
    state(device).filters.set(keyText(instance, 'InstanceID'), readFilter(sent));
  },
  delete({ device, instance }) {
    assertMayChange(instance);
    state(device).filters.delete(keyText(instance, 'InstanceID'));
  },
};

export const snmpSubscriber: AmtClass = {
  name: 'AMT_SNMPEventSubscriber',
  keys: serviceKeys,
  parents: ['AMT_EventSubscriber'],
  readers: [Realm.eventManager],
  writers: [Realm.eventManager],
  isThere,
  list: (device) =>
    [...state(device).subscribers].map(([name, { policy, address, format, community }]) => ({
      ...subscriberKeys(name),
      AccessInfo: address,
      CommunityString: community,
      ElementName: name,
      InfoFormat: format,
      PolicyID: policy,
    })),
  create({ device }, sent) {
    const kept = state(device);
    const subscriber = readSubscriber(sent);
    if (!hasFilterOf(device, subscriber)) throw refused(PtStatus.unsupported);
    if (kept.subscribers.size >= mostSubscribers) throw refused(PtStatus.maxLimitReached);
    const name = `Intel(r) AMT:SNMP Event Subscriber ${++kept.made}`;
    kept.subscribers.set(name, subscriber);
    return subscriberKeys(name);
  },
  delete({ device, instance }) {
    state(device).subscribers.delete(keyText(instance, 'Name'));
  },
};

/** Each subscriber with the filters of its policy. */
export const petFilterForTarget: AmtClass = {
  name: 'AMT_PETFilterForTarget',
  keys: ['Antecedent', 'Dependent'],
  isThere,
  list: (device) =>
    [...state(device).subscribers].flatMap(([name, { policy }]) =>
      [...state(device).filters]
        .filter(([, filter]) => filter.PolicyID === policy)
        .map(([InstanceID]) => ({
          Antecedent: reference('AMT_PETFilterSetting', { InstanceID }),
          Dependent: reference('AMT_SNMPEventSubscriber', subscriberKeys(name)),
        })),
    ),
};

/** What the sensors of the board can tell. */
export const petCapabilities: AmtClass = {
  name: 'AMT_PETCapabilities',
  keys: ['InstanceID'],
  isThere,
  list: () =>
    [
      { EventSensorType: 0x05, EventOffset: 0, EventSeverity: 8, Entity: 23 },
      { EventSensorType: 0x06, EventOffset: 5, EventSeverity: 16, Entity: 38 },
      { EventSensorType: 0x0f, EventOffset: 2, EventSeverity: 1, Entity: 34 },
    ].map((sensor, index) => ({
      ...sensor,
      AssertionEvent: true,
      DeassertionEvent: false,
      DeviceAddress: any,
      ElementName: 'Intel(r) AMT:PET Capabilities',
      EntityInstance: 0,
      EventSourceType: 0x68,
      EventType: 0x6f,
      InstanceID: `Intel(r) AMT:PET Capabilities ${index}`,
      SensorNumber: index + 1,
    })),
};

function readFilter(sent: Sent): PetFilter {
  const read = {
    ...Object.fromEntries(flags.map((name) => [name, sent.requiredBoolean(name)])),
    ...Object.fromEntries(bytes.map((name) => [name, byte(sent.requiredInteger(name))])),
  } as PetFilter;
  if (read.PolicyID === diagnosticPolicy) throw refused(PtStatus.notPermitted);
  return read;
}

/** InfoFormat 3 is IPv4, 4 is IPv6. */
function readSubscriber(sent: Sent): Subscriber {
  const policy = byte(sent.requiredInteger('PolicyID'));
  const address = sent.requiredText('AccessInfo');
  const format = sent.requiredInteger('InfoFormat');
  const community = sent.text('CommunityString');
  const family = isIP(address);
  if (family === 0 || format !== (family === 4 ? 3 : 4)) throw refused(PtStatus.unsupported);
  return { policy, address, format, community: community === undefined ? undefined : checkedCommunity(community) };
}

function hasFilterOf(device: AmtDevice, { policy }: Subscriber): boolean {
  return [...state(device).filters.values()].some(({ PolicyID }) => PolicyID === policy);
}

function assertMayChange({ PolicyID }: Properties): void {
  if (PolicyID === diagnosticPolicy) throw refused(PtStatus.notPermitted);
}

function subscriberKeys(name: string): Keys {
  return { ...systemKeys('AMT_SNMPEventSubscriber'), Name: name };
}

function filterId(number: number): string {
  return `Intel(r) AMT:PET Filter ${number}`;
}

function checkedCommunity(text: string): string {
  if (text.length > longestCommunity) throw invalidValue();
  return text;
}

function byte(value: number): number {
  if (value < 0 || value > 0xff) throw invalidValue();
  return value;
}
