import { boolean, cimClass, datetime, integer, named, reference, text } from '../../wsman/cimClass';

const errorPolicies = { 1: 'other', 2: 'ignore', 3: 'disable', 4: 'remove' } as const;
const repeatPolicies = { 0: 'unknown', 1: 'other', 2: 'none', 3: 'suppress', 4: 'delay' } as const;
const subscriptionStates = {
  0: 'unknown',
  1: 'other',
  2: 'enabled',
  3: 'enabled but degraded',
  4: 'disabled',
} as const;

/** That events (`Filter`) go to a collector (`Handler`). */
export const filterCollectionSubscription = cimClass('CIM_FilterCollectionSubscription', {
  AlertOnStateChange: boolean,
  FailureTriggerTimeInterval: integer,
  Filter: reference,
  Handler: reference,
  OnFatalErrorPolicy: named(errorPolicies),
  OtherOnFatalErrorPolicy: text,
  OtherRepeatNotificationPolicy: text,
  OtherSubscriptionState: text,
  RepeatNotificationCount: integer,
  RepeatNotificationGap: integer,
  RepeatNotificationInterval: integer,
  RepeatNotificationPolicy: named(repeatPolicies),
  /** Seconds; absent: without end. */
  SubscriptionDuration: integer,
  SubscriptionInfo: text,
  SubscriptionStartTime: datetime,
  SubscriptionState: named(subscriptionStates),
  /** Seconds. */
  SubscriptionTimeRemaining: integer,
  TimeOfLastStateChange: datetime,
});
