import { amtClass } from '../../wsman/cimClass';
import { interfacePolicy } from '../cimFields';

/** The policy that a watchdog puts in force on a network port. */
export const agentPresenceInterfacePolicy = amtClass('AMT_AgentPresenceInterfacePolicy', {
  ...interfacePolicy,
});
