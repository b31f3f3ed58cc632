import { amtClass, boolean } from '../../wsman/cimClass';
import { serviceKeys } from '../cimFields';

/** The certificate and key store: `AddCertificate`, `AddTrustedRootCertificate`, `GenerateKeyPair` and others. */
export const publicKeyManagementService = amtClass('AMT_PublicKeyManagementService', {
  ...serviceKeys,
  Started: boolean,
});
