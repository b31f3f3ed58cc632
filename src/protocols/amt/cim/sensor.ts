import { cimClass, integer, list, named, text } from '../../wsman/cimClass';
import { logicalDevice } from '../cimFields';

const sensorTypes = {
  0: 'unknown',
  1: 'other',
  2: 'temperature',
  3: 'voltage',
  4: 'current',
  5: 'tachometer',
  6: 'counter',
  7: 'switch',
  8: 'lock',
  9: 'humidity',
  10: 'smoke detection',
  11: 'presence',
  12: 'air flow',
  13: 'power consumption',
  14: 'power production',
  15: 'pressure',
  16: 'intrusion',
} as const;

/** A sensor of the computer, as far as Intel AMT knows of it: its state, seldom a value. */
export const sensor = cimClass('CIM_Sensor', {
  ...logicalDevice,
  CurrentState: text,
  OtherSensorTypeDescription: text,
  /** Nanoseconds. */
  PollingInterval: integer,
  PossibleStates: list(text),
  SensorType: named(sensorTypes),
});
