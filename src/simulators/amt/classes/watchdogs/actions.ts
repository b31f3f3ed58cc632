import type { AmtDevice } from '../../device';
import type { AmtClass } from '../../model/amtClass';
import { type Properties, reference, systemKeys } from '../../model/values';
import { type Agent, type AgentAction, agentsOf } from './agents';
import { limits, watchdogReference } from './watchdog';

/** What CIM_PolicyCondition and CIM_PolicyAction have in common as keys. */
const policyKeys = [
  'CreationClassName',
  'PolicyRuleCreationClassName',
  'PolicyRuleName',
  'SystemCreationClassName',
  'SystemName',
];

export const agentCapabilities: AmtClass = {
  name: 'AMT_AgentPresenceCapabilities',
  keys: ['InstanceID'],
  list: () => [
    {
      ElementName: 'Intel(r) AMT:Agent Presence Capabilities',
      InstanceID: 'Intel(r) AMT:Agent Presence Capabilities 0',
      MaxEacAgents: limits.eacAgents,
      MaxTotalActions: limits.actions,
      MaxTotalAgents: limits.agents,
      MinGuaranteedActionListSize: limits.actionsEach,
    },
  ],
};

/** On which change of state something happens. */
export const transitionCondition: AmtClass = {
  name: 'AMT_StateTransitionCondition',
  keys: [...policyKeys, 'PolicyConditionName'],
  list: (device) =>
    actionsOf(device).map(({ action }) => ({
      ...conditionKeys(action),
      NewState: action.newStates,
      OldState: action.oldStates,
      StateSpace: 'AMT_AgentPresenceWatchdog.CurrentState',
    })),
};

export const watchdogAction: AmtClass = {
  name: 'AMT_AgentPresenceWatchdogAction',
  keys: [...policyKeys, 'PolicyActionName'],
  list: (device) =>
    actionsOf(device).map(({ action }) => ({
      ...actionKeys(action),
      ActionEac: false,
      ActionSd: action.policy,
      EventOnTransition: action.tells,
    })),
};

/** From a watchdog to its conditions, and from each of those to its action. */
export const dependency: AmtClass = {
  name: 'CIM_ConcreteDependency',
  keys: ['Antecedent', 'Dependent'],
  list: (device) =>
    actionsOf(device).flatMap(({ agent, action }): readonly Properties[] => {
      const condition = reference('AMT_StateTransitionCondition', conditionKeys(action));
      const effect = reference('AMT_AgentPresenceWatchdogAction', actionKeys(action));
      return [
        { Antecedent: watchdogReference(agent), Dependent: condition },
        { Antecedent: condition, Dependent: effect },
      ];
    }),
};

function actionsOf(device: AmtDevice): readonly { readonly agent: Agent; readonly action: AgentAction }[] {
  return [...agentsOf(device).all.values()].flatMap((agent) => agent.actions.map((action) => ({ agent, action })));
}

function conditionKeys({ number }: AgentAction) {
  return { ...ruleKeys('AMT_StateTransitionCondition'), PolicyConditionName: `Transition ${number}` } as const;
}

function actionKeys({ number }: AgentAction) {
  return { ...ruleKeys('AMT_AgentPresenceWatchdogAction'), PolicyActionName: `Action ${number}` } as const;
}

function ruleKeys(className: 'AMT_StateTransitionCondition' | 'AMT_AgentPresenceWatchdogAction') {
  return { ...systemKeys(className), PolicyRuleCreationClassName: '', PolicyRuleName: '' } as const;
}
