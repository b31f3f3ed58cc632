import { cimClass, integer, named, text } from '../../wsman/cimClass';
import { logicalDevice } from '../cimFields';

const batteryStatuses = {
  1: 'other',
  2: 'unknown',
  3: 'fully charged',
  4: 'low',
  5: 'critical',
  6: 'charging',
  7: 'charging and high',
  8: 'charging and low',
  9: 'charging and critical',
  10: 'undefined',
  11: 'partially charged',
  12: 'learning',
  13: 'overcharged',
} as const;
const chemistries = {
  1: 'other',
  2: 'unknown',
  3: 'lead acid',
  4: 'nickel cadmium',
  5: 'nickel metal hydride',
  6: 'lithium-ion',
  7: 'zinc air',
  8: 'lithium polymer',
} as const;

/** A battery of the computer. */
export const battery = cimClass('CIM_Battery', {
  ...logicalDevice,
  BatteryStatus: named(batteryStatuses),
  ChargingStatus: integer,
  Chemistry: named(chemistries),
  /** Milliwatt hours. */
  DesignCapacity: integer,
  /** Millivolts. */
  DesignVoltage: integer,
  /** Percent. */
  EstimatedChargeRemaining: integer,
  /** Minutes. */
  EstimatedRunTime: integer,
  /** Minutes. */
  ExpectedLife: integer,
  /** Milliwatt hours. */
  FullChargeCapacity: integer,
  HealthPercent: integer,
  MaxRechargeCount: integer,
  /** Minutes. */
  MaxRechargeTime: integer,
  OtherChemistryDescription: text,
  RechargeCount: integer,
  /** Milliwatt hours. */
  RemainingCapacity: integer,
  /** Percent. */
  RemainingCapacityMaxError: integer,
  SmartBatteryVersion: text,
  /** Seconds. */
  TimeOnBattery: integer,
  /** Minutes. */
  TimeToFullCharge: integer,
});
