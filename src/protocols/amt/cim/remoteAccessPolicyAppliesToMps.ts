import { amtClass, integer, named, reference } from '../../wsman/cimClass';

const serverTypes = { 0: 'external', 1: 'internal', 2: 'both' } as const;

/** Which server a policy of remote access leads to. */
export const remoteAccessPolicyAppliesToMps = amtClass('AMT_RemoteAccessPolicyAppliesToMPS', {
  /** The server. */
  ManagedElement: reference,
  MpsType: named(serverTypes),
  /** The lowest is tried first. */
  OrderOfAccess: integer,
  /** The policy. */
  PolicySet: reference,
});
