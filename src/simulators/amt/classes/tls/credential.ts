import type { AmtDevice } from '../../device';
import type { AmtClass } from '../../model/amtClass';
import { AmtFault, invalidValue, refused } from '../../model/fault';
import { PtStatus } from '../../model/ptStatus';
import type { Sent } from '../../model/sent';
import { type Keys, type Reference, reference } from '../../model/values';
import { certificateId, certificateStore, findCertificate } from '../certificates/store';
import { tlsState } from './state';

const collectionName = 'TLSProtocolEndpoint Instances Collection';

export const tlsEndpoints: AmtClass = {
  name: 'AMT_TLSProtocolEndpointCollection',
  keys: ['ElementName'],
  list: () => [{ ElementName: collectionName }],
};

/** Which certificate the device shows. */
export const tlsCredentialContext: AmtClass = {
  name: 'AMT_TLSCredentialContext',
  keys: ['ElementInContext', 'ElementProvidingContext'],
  list(device) {
    const { shown } = tlsState(device);
    return shown === undefined ? [] : [keysOf(shown)];
  },
  create({ device }, sent) {
    if (tlsState(device).shown !== undefined) throw new AmtFault('AlreadyExists');
    return keysOf(show(device, sent));
  },
  put({ device }, sent) {
    show(device, sent);
  },
  delete({ device }) {
    if (tlsState(device).effective.isEnabled) throw refused(PtStatus.notPermitted);
    delete tlsState(device).shown;
  },
};

function show(device: AmtDevice, sent: Sent): number {
  const collection = sent.requiredReference('ElementProvidingContext');
  const found = findCertificate(device, sent.requiredReference('ElementInContext'));
  const isCollection = collection.className === tlsEndpoints.name && collection.keys.ElementName === collectionName;
  if (!isCollection || !found || found.isTrustedRoot) throw invalidValue();
  if (!certificateStore(device).hasKeyOf(found)) throw refused(PtStatus.certificateAndKeyDiffer);
  tlsState(device).shown = found.handle;
  return found.handle;
}

function keysOf(handle: number): Keys & Record<'ElementInContext' | 'ElementProvidingContext', Reference> {
  return {
    ElementInContext: reference('AMT_PublicKeyCertificate', { InstanceID: certificateId(handle) }),
    ElementProvidingContext: reference('AMT_TLSProtocolEndpointCollection', { ElementName: collectionName }),
  };
}
