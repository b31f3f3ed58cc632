import { amtClass, base64, boolean, text } from '../../wsman/cimClass';
import { settingData } from '../cimFields';

/** A certificate in the device's store. */
export const publicKeyCertificate = amtClass('AMT_PublicKeyCertificate', {
  ...settingData,
  Issuer: text,
  ReadOnlyCertificate: boolean,
  Subject: text,
  /** So spelt by the device. */
  TrustedRootCertficate: boolean,
  /** DER. */
  X509Certificate: base64,
});
