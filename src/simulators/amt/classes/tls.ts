import type { AmtArea } from '../model/amtClass';
import { cryptographicCapabilities, publicKeyCertificate, publicPrivateKeyPair } from './certificates/classes';
import { publicKeyManagement } from './certificates/service';
import { certificateStore } from './certificates/store';
import { commitChecks } from './setup';
import { tlsCredentialContext, tlsEndpoints } from './tls/credential';
import { commitTls, tlsSettingData } from './tls/settings';
import { tlsState } from './tls/state';

/** Certificates, keys and the settings of TLS. */
export const tls: AmtArea = {
  classes: [
    publicKeyManagement,
    publicKeyCertificate,
    publicPrivateKeyPair,
    cryptographicCapabilities,
    tlsSettingData,
    tlsEndpoints,
    tlsCredentialContext,
  ],
  start(device) {
    commitChecks(device).push(commitTls);
    certificateStore(device).uses.push((handle) => tlsState(device).shown === handle);
  },
};
