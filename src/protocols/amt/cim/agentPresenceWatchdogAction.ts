import { amtClass, boolean, named, text } from '../../wsman/cimClass';
import { managedElement } from '../cimFields';

const policyActions = { 0: 'activate', 1: 'deactivate' } as const;

/** What the device does when a watchdog changes its state. */
export const agentPresenceWatchdogAction = amtClass('AMT_AgentPresenceWatchdogAction', {
  ...managedElement,
  ActionEac: boolean,
  /** The System Defense policy of agent presence. */
  ActionSd: named(policyActions),
  CreationClassName: text,
  EventOnTransition: boolean,
  PolicyActionName: text,
  SystemCreationClassName: text,
  SystemName: text,
});
