import { amtClass, integer, text } from '../../wsman/cimClass';
import { managedElement } from '../cimFields';

/** At which change of state a watchdog's action is taken. States are bits, as in the watchdog. */
export const stateTransitionCondition = amtClass('AMT_StateTransitionCondition', {
  ...managedElement,
  CreationClassName: text,
  NewState: integer,
  OldState: integer,
  PolicyConditionName: text,
  PolicyRuleCreationClassName: text,
  PolicyRuleName: text,
  /** Names the set of states. */
  StateSpace: text,
  SystemCreationClassName: text,
  SystemName: text,
});
