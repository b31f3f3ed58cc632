import { cimClass, integer, list, text } from '../../wsman/cimClass';
import { serviceKeys } from '../cimFields';

/** The device's connection to a wireless network. */
export const wifiEndpoint = cimClass('CIM_WiFiEndpoint', {
  ...serviceKeys,
  BSSID: text,
  /** The SSID in use. */
  LANID: text,
  LANType: integer,
  MACAddress: text,
  NameFormat: text,
  ProtocolIFType: integer,
  ProtocolType: integer,
  WiFiProtocolVersions: list(integer),
});
