import { amtClass, integer } from '../../wsman/cimClass';
import { settingData } from '../cimFields';

/** How many servers and policies of remote access the device holds. */
export const remoteAccessCapabilities = amtClass('AMT_RemoteAccessCapabilities', {
  ...settingData,
  MaxMpsPerPolicy: integer,
  MaxTotalMpServers: integer,
  MaxTotalPolicies: integer,
  MaxTotalProxyEntryPoints: integer,
});
