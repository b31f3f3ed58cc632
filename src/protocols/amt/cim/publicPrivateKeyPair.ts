import { amtClass, base64 } from '../../wsman/cimClass';
import { settingData } from '../cimFields';

/** A key pair in the device's store, of which only the public half can be read. */
export const publicPrivateKeyPair = amtClass('AMT_PublicPrivateKeyPair', {
  ...settingData,
  /** PKCS #1 public key. */
  DERKey: base64,
});
