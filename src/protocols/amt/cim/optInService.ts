import { boolean, integer, ipsClass, named } from '../../wsman/cimClass';
import { serviceKeys } from '../cimFields';

const permissions = { 0: 'no', 1: 'yes' } as const;
export const consents = { 0: 'none', 1: 'kvm', 4294967295: 'all' } as const;
export const optInStates = {
  0: 'not started',
  1: 'requested',
  2: 'displayed',
  3: 'received',
  4: 'in session',
} as const;

/** The user's consent: `StartOptIn`, `SendOptInCode`, `CancelOptIn`. */
export const optInService = ipsClass('IPS_OptInService', {
  ...serviceKeys,
  CanModifyOptInPolicy: named(permissions),
  /** Seconds. */
  OptInCodeTimeout: integer,
  /** Seconds. */
  OptInDisplayTimeout: integer,
  /** For which redirection sessions and boots. */
  OptInRequired: named(consents),
  OptInState: named(optInStates),
  Started: boolean,
});
