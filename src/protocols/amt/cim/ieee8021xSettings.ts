import { base64, cimClass, integer, text } from '../../wsman/cimClass';
import { settingData } from '../cimFields';

/** The login that a wireless profile needs. */
export const ieee8021xSettings = cimClass('CIM_IEEE8021xSettings', {
  ...settingData,
  AuthenticationProtocol: integer,
  Domain: text,
  /** Write-only. */
  PACPassword: text,
  /** Write-only. */
  PSK: text,
  /** Write-only. */
  Password: text,
  ProtectedAccessCredential: base64,
  RoamingIdentity: text,
  ServerCertificateName: text,
  ServerCertificateNameComparison: integer,
  Username: text,
});
