import { amtClass, reference } from '../../wsman/cimClass';

/** Which certificate is used for a login to a network. */
export const ieee8021xCredentialContext = amtClass('AMT_8021xCredentialContext', {
  ElementInContext: reference,
  ElementProvidingContext: reference,
});
