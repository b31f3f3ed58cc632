import { amtClass, boolean, integer } from '../../wsman/cimClass';
import { settingData } from '../cimFields';

/** Which events become SNMP traps and log records; 255 in a number stands for any. */
export const petFilterSetting = amtClass('AMT_PETFilterSetting', {
  ...settingData,
  DeviceAddress: integer,
  EnableFilter: boolean,
  Entity: integer,
  EntityInstance: integer,
  EventOffset: integer,
  EventSensorType: integer,
  EventSeverity: integer,
  EventSourceType: integer,
  EventType: integer,
  LogOnEvent: boolean,
  OEMFilter: boolean,
  PolicyID: integer,
  SendAlert: boolean,
  SensorNumber: integer,
});
