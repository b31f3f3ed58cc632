import type { AmtClass, Context, Output } from '../../model/amtClass';
import { invalidValue } from '../../model/fault';
import { PtStatus } from '../../model/ptStatus';
import { keyText } from '../../model/selectors';
import type { Sent } from '../../model/sent';
import { noReference, type Properties, type Reference, reference, systemKeys } from '../../model/values';
import { findServer, serverReference } from './servers';
import { type AccessPolicy, limits, type PresenceServer, remoteAccessOf } from './state';

/** By Trigger. */
const ruleNames = ['User Initiated', 'Alert', 'Periodic', 'Home Provisioning'] as const;
const periodic = 2;
/** MpsType: external, internal, both. */
const highestMpsType = 2;
const both = 2;

export const policyRule: AmtClass = {
  name: 'AMT_RemoteAccessPolicyRule',
  keys: ['CreationClassName', 'PolicyRuleName', 'SystemCreationClassName', 'SystemName'],
  list: (device) =>
    [...remoteAccessOf(device).policies.values()].map(({ trigger, lifetime, extended }) => ({
      ...systemKeys('AMT_RemoteAccessPolicyRule'),
      ElementName: 'Inte(r) AMT:Remote Access Policy', // as recorded
      ExtendedData: extended,
      PolicyRuleName: ruleNames[trigger],
      Trigger: trigger,
      TunnelLifeTime: lifetime,
    })),
  delete({ device, instance }) {
    const name = keyText(instance, 'PolicyRuleName');
    remoteAccessOf(device).policies.delete(ruleNames.findIndex((one) => one === name));
  },
};

/** Which server a policy uses, and in which order. */
export const policyAppliesToMps: AmtClass = {
  name: 'AMT_RemoteAccessPolicyAppliesToMPS',
  keys: ['ManagedElement', 'PolicySet'],
  list: (device) =>
    [...remoteAccessOf(device).policies.values()].flatMap((policy) =>
      policy.servers.flatMap(({ server: number, order, type }): Properties[] => {
        const server = remoteAccessOf(device).servers.find((one) => one.number === number);
        if (!server) return [];
        return [
          {
            ManagedElement: serverReference(server),
            MpsType: type,
            OrderOfAccess: order,
            PolicySet: ruleReference(policy),
          },
        ];
      }),
    ),
  put({ device }, sent) {
    const server = findServer(device, sent.requiredReference('ManagedElement'));
    const rule = sent.requiredReference('PolicySet');
    const policy = [...remoteAccessOf(device).policies.values()].find(
      ({ trigger }) => rule.keys.PolicyRuleName === ruleNames[trigger],
    );
    const type = sent.integer('MpsType') ?? both;
    const order = sent.integer('OrderOfAccess') ?? 0;
    if (!server || !policy || type < 0 || type > highestMpsType || order < 0) throw invalidValue();
    const servers = policy.servers.map((one) => (one.server === server.number ? { ...one, type, order } : one));
    remoteAccessOf(device).policies.set(policy.trigger, { ...policy, servers });
  },
  putReply: 'empty',
};

/** AMT_RemoteAccessService.AddRemoteAccessPolicyRule. */
export function addPolicyRule({ device }: Context, input: Sent): Output {
  const failed = (ReturnValue: number): Output => ({ PolicyRule: noReference, ReturnValue });
  const trigger = input.requiredInteger('Trigger');
  const lifetime = input.requiredInteger('TunnelLifeTime');
  const extended = input.text('ExtendedData');
  const servers = input.references('MpServer').map((one) => findServer(device, one));
  if (!(trigger in ruleNames) || lifetime < 0 || !isPlanned(trigger, extended))
    return failed(PtStatus.invalidParameter);
  const known = servers.filter((one): one is PresenceServer => one !== undefined);
  if (known.length === 0 || known.length < servers.length || known.length > limits.serversPerPolicy) {
    return failed(PtStatus.invalidParameter);
  }
  const policies = remoteAccessOf(device).policies;
  if (policies.has(trigger)) return failed(PtStatus.duplicate);
  if (policies.size >= limits.policies) return failed(PtStatus.maxLimitReached);
  const policy: AccessPolicy = {
    trigger,
    lifetime,
    extended: trigger === periodic ? extended : undefined,
    servers: known.map(({ number }, order) => ({ server: number, order, type: both })),
  };
  policies.set(trigger, policy);
  return { PolicyRule: ruleReference(policy), ReturnValue: PtStatus.success };
}

/** What a periodic policy says of the time, highest byte first: 0 and seconds, or 1, hour and minute. */
function isPlanned(trigger: number, extended: string | undefined): boolean {
  if (trigger !== periodic) return true;
  const bytes = Buffer.from(extended ?? '', 'base64');
  if (bytes.length === 8 && bytes.readUInt32BE(0) === 0) return bytes.readUInt32BE(4) > 0;
  if (bytes.length !== 12 || bytes.readUInt32BE(0) !== 1) return false;
  return bytes.readUInt32BE(4) < 24 && bytes.readUInt32BE(8) < 60;
}

function ruleReference({ trigger }: AccessPolicy): Reference {
  const className = 'AMT_RemoteAccessPolicyRule';
  return reference(className, {
    CreationClassName: className,
    PolicyRuleName: ruleNames[trigger] ?? '',
    SystemCreationClassName: 'CIM_ComputerSystem',
    SystemName: 'Intel(r) AMT',
  });
}
