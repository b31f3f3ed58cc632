import { amtClass, boolean, list, text } from '../../wsman/cimClass';
import { settingData } from '../cimFields';

/**
 * TLS of the network (`Intel(r) AMT 802.3 TLS Settings`) or of the local interface (`Intel(r) AMT LMS TLS Settings`). Changes need a
 * `CommitChanges`.
 */
export const tlsSettingData = amtClass('AMT_TLSSettingData', {
  ...settingData,
  AcceptNonSecureConnections: boolean,
  Enabled: boolean,
  MutualAuthentication: boolean,
  NonSecureConnectionsSupported: boolean,
  TrustedCN: list(text),
});
