import type { AmtArea } from '../model/amtClass';
import { certificateStore } from './certificates/store';
import { portConfiguration, wifiEndpoint, wifiPort, wifiPortCapabilities } from './wireless/port';
import { endpointSettings, usesCertificate } from './wireless/profiles';

/** The wireless adapter, which only laptops have, and the networks that it knows. */
export const wireless: AmtArea = {
  classes: [portConfiguration, wifiPort, wifiPortCapabilities, wifiEndpoint, endpointSettings],
  start(device) {
    certificateStore(device).uses.push((handle) => usesCertificate(device, handle));
  },
};
