import { amtClass, boolean, integer, named, text } from '../../wsman/cimClass';
import { serviceKeys } from '../cimFields';

export const synchronization = { 0: 'disabled', 1: 'local user profiles', 3: 'unrestricted' } as const;

/** Wireless profiles: `AddWiFiSettings`, `UpdateWiFiSettings`. */
export const wifiPortConfigurationService = amtClass('AMT_WiFiPortConfigurationService', {
  ...serviceKeys,
  LastConnectedSsidUnderMeControl: text,
  NoHostCsmeSoftwarePolicy: integer,
  Started: boolean,
  UEFIWiFiProfileShareEnabled: boolean,
  /** Whether profiles of the operating system are taken over. */
  localProfileSynchronizationEnabled: named(synchronization),
});
