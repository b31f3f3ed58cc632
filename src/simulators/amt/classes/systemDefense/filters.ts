import type { AmtClass, Context } from '../../model/amtClass';
import { Realm } from '../../realms';
import { AmtFault, invalidValue, missingValue, refused } from '../../model/fault';
import { PtStatus } from '../../model/ptStatus';
import type { Sent } from '../../model/sent';
import type { Keys, Properties } from '../../model/values';
import { Audit, auditLog } from '../auditLog';
import { ethernetTest, ipTest } from './criteria';
import type { Packet } from './packet';
import { type Filter, filterKeys, hasSystemDefense, limits, Profile, defenseOf } from './state';

/** Must be sent, whatever they hold. */
const overridden = ['InstanceID', 'CreationClassName', 'SystemName', 'SystemCreationClassName'] as const;

const common = ['FilterProfile', 'FilterDirection', 'ActionEventOnMatch', 'FilterProfileData', 'IsNegated'] as const;

export const hdr8021Filter = filterClass('AMT_Hdr8021Filter', {
  properties: [...common, 'HdrProtocolID8021'],
  read: ethernetTest,
});

export const ipHeadersFilter = filterClass('AMT_IPHeadersFilter', {
  properties: [
    ...common,
    'HdrIPVersion',
    ...['HdrSrcAddress', 'HdrSrcMask', 'HdrSrcAddressEndOfRange'],
    ...['HdrDestAddress', 'HdrDestMask', 'HdrDestAddressEndOfRange'],
    'HdrProtocolID',
    ...['HdrSrcPortStart', 'HdrSrcPortEnd', 'HdrDestPortStart', 'HdrDestPortEnd'],
    ...['TCPFlagsOn', 'TCPFlagsOff'],
  ],
  read: ipTest,
});

interface Kind {
  /** What it may have beside its keys. */
  readonly properties: readonly string[];
  /** Reads what the filter is about. Faults with what does not fit together. */
  read(sent: Sent): (packet: Packet) => boolean;
}

function filterClass(name: Filter['className'], kind: Kind): AmtClass {
  return {
    name,
    keys: ['CreationClassName', 'InstanceID', 'Name', 'SystemCreationClassName', 'SystemName'],
    parents: ['AMT_ComplexFilterEntryBase', 'AMT_FilterEntryBase'],
    writers: [Realm.circuitBreaker],
    isThere: hasSystemDefense,
    list: (device) =>
      [...defenseOf(device).filters.values()]
        .filter(({ className }) => className === name)
        .map(({ properties }) => properties),
    create: (context, sent) => create(context, sent, { name, kind }),
    delete(context) {
      const { device, instance } = context;
      const defense = defenseOf(device);
      const handle = Number(instance.InstanceID);
      if (defense.isFilterUsed(handle)) throw refused(PtStatus.notPermitted);
      defense.filters.delete(handle);
      auditLog(device).add(context, { app: Audit.systemDefense.app, event: Audit.systemDefense.filterRemoved });
    },
  };
}

function create(
  context: Omit<Context, 'instance'>,
  sent: Sent,
  { name: className, kind }: { readonly name: Filter['className']; readonly kind: Kind },
): Keys {
  const { device } = context;
  const defense = defenseOf(device);
  if (overridden.some((name) => !sent.has(name))) throw missingValue();
  const known: readonly string[] = [...overridden, 'Name', ...kind.properties];
  if (sent.names.some((name) => !known.includes(name))) throw new AmtFault('SchemaValidationError');
  const name = sent.requiredText('Name');
  if (name.length === 0 || name.length > limits.nameLength) throw invalidValue();
  const head = readHead(sent);
  const test = kind.read(sent);
  const isNegated = sent.boolean('IsNegated') ?? false;
  const others = [...defense.filters.values()];
  if (others.some((one) => one.name === name && one.className === className)) throw new AmtFault('AlreadyExists');
  if (others.length >= limits.filters) throw refused(PtStatus.maxLimitReached);
  const keys = filterKeys({ className, name });
  const { handle } = defense.addFilter((made) => ({
    ...head,
    handle: made,
    className,
    name,
    properties: { ...echo(sent, kind.properties), ...keys, InstanceID: String(made) },
    matches: (packet) => test(packet) !== isNegated,
  }));
  auditLog(device).add(context, { app: Audit.systemDefense.app, event: Audit.systemDefense.filterAdded });
  return { ...keys, InstanceID: String(handle) };
}

function readHead(sent: Sent): Pick<Filter, 'direction' | 'profile' | 'packetsPerSecond' | 'tellsMatches'> {
  const wanted = sent.requiredInteger('FilterProfile');
  const profile = Object.values(Profile).find((one) => one === wanted);
  const direction = sent.requiredInteger('FilterDirection');
  const tellsMatches = sent.requiredBoolean('ActionEventOnMatch');
  if (profile === undefined || (direction !== 0 && direction !== 1)) throw invalidValue();
  const packetsPerSecond = sent.integer('FilterProfileData') ?? 0;
  if (profile === Profile.limitRate && packetsPerSecond <= 0) throw invalidValue();
  return { direction: direction === 0 ? 'sent' : 'received', profile, packetsPerSecond, tellsMatches };
}

function echo(sent: Sent, names: readonly string[]): Properties {
  return Object.fromEntries(names.map((name) => [name, sent.has(name) ? sent.texts(name) : undefined]));
}
