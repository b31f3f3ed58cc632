import { amtClass, base64, boolean, integer, reference, text } from '../../wsman/cimClass';
import { settingData } from '../cimFields';

/** The login to a wired network that asks for one. */
export const ieee8021xProfile = amtClass('AMT_8021XProfile', {
  ...settingData,
  ActiveInS0: boolean,
  AuthenticationProtocol: integer,
  ClientCertificate: reference,
  Domain: text,
  Enabled: boolean,
  /** Write-only. */
  PACPassword: text,
  /** Write-only. */
  Password: text,
  ProtectedAccessCredential: base64,
  /** Seconds. */
  PxeTimeout: integer,
  RoamingIdentity: text,
  ServerCertificateIssuer: reference,
  ServerCertificateName: text,
  ServerCertificateNameComparison: integer,
  Username: text,
});
