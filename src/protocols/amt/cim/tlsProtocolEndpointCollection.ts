import { amtClass } from '../../wsman/cimClass';
import { settingData } from '../cimFields';

/** Stands for all TLS endpoints of the device. */
export const tlsProtocolEndpointCollection = amtClass('AMT_TLSProtocolEndpointCollection', {
  ...settingData,
});
