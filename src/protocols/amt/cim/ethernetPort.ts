import { boolean, cimClass, integer, list, named } from '../../wsman/cimClass';
import { networkPort } from '../cimFields';

const portTypes = {
  0: 'unknown',
  1: 'other',
  50: '10BaseT',
  51: '10-100BaseT',
  52: '100BaseT',
  53: '1000BaseT',
  54: '2500BaseT',
  55: '10GBaseT',
  56: '10GBase-CX4',
} as const;

/** A network port of the device: `Intel(r) AMT Ethernet Port 0` is wired. */
export const ethernetPort = cimClass('CIM_EthernetPort', {
  ...networkPort,
  ActiveMaximumTransmissionUnit: integer,
  AutoSense: boolean,
  Capabilities: list(integer),
  EnabledCapabilities: list(integer),
  MaxDataSize: integer,
  PortType: named(portTypes),
});
