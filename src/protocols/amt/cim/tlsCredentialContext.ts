import { amtClass, reference } from '../../wsman/cimClass';

/** Which certificate the device shows to TLS clients. */
export const tlsCredentialContext = amtClass('AMT_TLSCredentialContext', {
  /** The certificate. */
  ElementInContext: reference,
  ElementProvidingContext: reference,
});
