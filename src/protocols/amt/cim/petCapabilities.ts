import { amtClass, boolean, integer } from '../../wsman/cimClass';
import { settingData } from '../cimFields';

/** Which events a sensor can give. */
export const petCapabilities = amtClass('AMT_PETCapabilities', {
  ...settingData,
  AssertionEvent: boolean,
  DeassertionEvent: boolean,
  DeviceAddress: integer,
  Entity: integer,
  EntityInstance: integer,
  EventOffset: integer,
  EventSensorType: integer,
  EventSeverity: integer,
  EventSourceType: integer,
  EventType: integer,
  Index: integer,
  IsLegacySensor: boolean,
  SensorNumber: integer,
});
