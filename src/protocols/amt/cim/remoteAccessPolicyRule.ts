import { amtClass, base64, integer, named, text } from '../../wsman/cimClass';
import { managedElement } from '../cimFields';

export const triggers = { 0: 'user initiated', 1: 'alert', 2: 'periodic', 3: 'home provisioning' } as const;

/** When the device connects to a management presence server. */
export const remoteAccessPolicyRule = amtClass('AMT_RemoteAccessPolicyRule', {
  ...managedElement,
  CommonName: text,
  CreationClassName: text,
  /** Of `periodic`, big-endian: 0 and the seconds between two connections, or 1 and hour and minute of the day. */
  ExtendedData: base64,
  /** Given by the trigger: `User Initiated`, `Alert`, `Periodic`. */
  PolicyRuleName: text,
  SystemCreationClassName: text,
  SystemName: text,
  Trigger: named(triggers),
  /** Seconds; 0 as long as it is there. */
  TunnelLifeTime: integer,
});
