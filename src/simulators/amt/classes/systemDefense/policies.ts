import type { AmtDevice } from '../../device';
import type { AmtClass, Context, Output } from '../../model/amtClass';
import { Realm } from '../../realms';
import { AmtFault, invalidValue, missingValue, refused } from '../../model/fault';
import { PtStatus } from '../../model/ptStatus';
import type { Sent } from '../../model/sent';
import type { Properties } from '../../model/values';
import { Audit, auditLog } from '../auditLog';
import { countersOf, forgetCounters } from './counters';
import { type DefaultAction, hasSystemDefense, limits, type Policy, defenseOf } from './state';

const highestPrecedence = 0xffff_ffff;
const highestTimeout = 0xffff;
const highestAntiSpoofing = 4;

const properties: readonly string[] = [
  ...['ElementName', 'InstanceID', 'PolicyName', 'PolicyPrecedence', 'AntiSpoofingSupport', 'FilterCreationHandles'],
  ...['TxDefaultDrop', 'TxDefaultCount', 'TxDefaultMatchEvent'],
  ...['RxDefaultDrop', 'RxDefaultCount', 'RxDefaultMatchEvent'],
];

export const systemDefensePolicy: AmtClass = {
  name: 'AMT_SystemDefensePolicy',
  keys: ['InstanceID'],
  writers: [Realm.circuitBreaker],
  isThere: hasSystemDefense,
  list: (device) => [...defenseOf(device).policies.values()].map(toProperties),
  create(context, sent) {
    const { device } = context;
    if (!sent.has('InstanceID')) throw missingValue();
    const defense = defenseOf(device);
    const read = readPolicy(device, sent);
    if ([...defense.policies.values()].some(({ name }) => name === read.name)) throw new AmtFault('AlreadyExists');
    if (defense.policies.size >= limits.policies) throw refused(PtStatus.maxLimitReached);
    const { handle } = defense.addPolicy((made) => ({ ...read, handle: made, timeoutMinutes: 0 }));
    auditLog(device).add(context, { app: Audit.systemDefense.app, event: Audit.systemDefense.policyAdded });
    return { InstanceID: String(handle) };
  },
  put({ device, instance }, sent) {
    const policy = policyOf(device, instance);
    defenseOf(device).policies.set(policy.handle, { ...policy, ...readPolicy(device, sent) });
    forgetCounters(device);
  },
  delete(context) {
    const { device, instance } = context;
    const { handle } = policyOf(device, instance);
    if (defenseOf(device).isPolicyUsed(handle)) throw refused(PtStatus.notPermitted);
    defenseOf(device).policies.delete(handle);
    auditLog(device).add(context, { app: Audit.systemDefense.app, event: Audit.systemDefense.policyRemoved });
  },
  queries: {
    GetTimeout: ({ device, instance }) => ({
      Timeout: policyOf(device, instance).timeoutMinutes,
      ReturnValue: PtStatus.success,
    }),
  },
  methods: { SetTimeout: setTimeout, UpdateStatistics: updateStatistics },
};

function setTimeout({ device, instance }: Context, input: Sent): Output {
  const timeoutMinutes = input.requiredInteger('Timeout');
  if (timeoutMinutes < 0 || timeoutMinutes > highestTimeout) return PtStatus.invalidParameter;
  const policy = policyOf(device, instance);
  defenseOf(device).policies.set(policy.handle, { ...policy, timeoutMinutes });
  return PtStatus.success;
}

/** Only the policy in force has counters. */
function updateStatistics({ device, instance }: Context, input: Sent): Output {
  const { className, keys } = input.requiredReference('NetworkInterface');
  const resets = input.requiredBoolean('ResetOnRead');
  const policy = policyOf(device, instance);
  if (className !== 'CIM_EthernetPort' || keys.DeviceID !== 'Intel(r) AMT Ethernet Port 0') {
    return PtStatus.invalidParameter;
  }
  if (defenseOf(device).activePolicy?.handle !== policy.handle) return PtStatus.invalidParameter;
  countersOf(device, policy).update(resets ? { resetAt: device.now() } : {});
  return PtStatus.success;
}

function readPolicy(device: AmtDevice, sent: Sent): Omit<Policy, 'handle' | 'timeoutMinutes'> {
  if (sent.names.some((name) => !properties.includes(name))) throw new AmtFault('SchemaValidationError');
  const name = sent.requiredText('PolicyName');
  const precedence = sent.requiredInteger('PolicyPrecedence');
  const antiSpoofing = sent.integer('AntiSpoofingSupport') ?? 0;
  const filters = sent.integers('FilterCreationHandles');
  const known = defenseOf(device).filters;
  if (name.length === 0 || name.length > limits.nameLength) throw invalidValue();
  if (precedence < 0 || precedence > highestPrecedence) throw invalidValue();
  if (antiSpoofing < 0 || antiSpoofing > highestAntiSpoofing) throw invalidValue();
  if (filters.length > limits.handles || filters.some((handle) => !known.has(handle))) throw invalidValue();
  if (new Set(filters).size < filters.length) throw invalidValue();
  const defaults = { sent: readDefault(sent, 'Tx'), received: readDefault(sent, 'Rx') };
  return { name, precedence, antiSpoofing, filters, defaults };
}

function readDefault(sent: Sent, side: 'Tx' | 'Rx'): DefaultAction {
  return {
    drops: sent.requiredBoolean(`${side}DefaultDrop`),
    counts: sent.requiredBoolean(`${side}DefaultCount`),
    tells: sent.requiredBoolean(`${side}DefaultMatchEvent`),
  };
}

function toProperties(policy: Policy): Properties {
  const { sent, received } = policy.defaults;
  return {
    AntiSpoofingSupport: policy.antiSpoofing,
    FilterCreationHandles: policy.filters,
    InstanceID: String(policy.handle),
    PolicyName: policy.name,
    PolicyPrecedence: policy.precedence,
    RxDefaultCount: received.counts,
    RxDefaultDrop: received.drops,
    RxDefaultMatchEvent: received.tells,
    TxDefaultCount: sent.counts,
    TxDefaultDrop: sent.drops,
    TxDefaultMatchEvent: sent.tells,
  };
}

function policyOf(device: AmtDevice, { InstanceID }: Properties): Policy {
  const policy = defenseOf(device).policies.get(Number(InstanceID));
  if (!policy) throw new AmtFault('DestinationUnreachable');
  return policy;
}
