import { amtClass, boolean, integer, list, named, text } from '../../wsman/cimClass';
import { settingData } from '../cimFields';

export const antiSpoofing = { 0: 'off', 1: 'on, event', 2: 'on, count', 3: 'on, count and event', 4: 'on' } as const;

/** What a network port lets through: filters, and what happens to the packets that match none. */
export const systemDefensePolicy = amtClass('AMT_SystemDefensePolicy', {
  ...settingData,
  AntiSpoofingSupport: named(antiSpoofing),
  /** InstanceIDs of its filters. */
  FilterCreationHandles: list(integer),
  PolicyName: text,
  /** The highest of those in force wins. */
  PolicyPrecedence: integer,
  RxDefaultCount: boolean,
  RxDefaultDrop: boolean,
  RxDefaultMatchEvent: boolean,
  TxDefaultCount: boolean,
  TxDefaultDrop: boolean,
  TxDefaultMatchEvent: boolean,
});
