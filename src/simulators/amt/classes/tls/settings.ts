import type { AmtDevice, NetworkFront } from '../../device';
import type { AmtClass, Context } from '../../model/amtClass';
import { refused } from '../../model/fault';
import { PtStatus } from '../../model/ptStatus';
import type { Sent } from '../../model/sent';
import type { Properties } from '../../model/values';
import { Audit, auditLog } from '../auditLog';
import { certificateStore } from '../certificates/store';
import { type TlsSettings, tlsState } from './state';

const networkId = 'Intel(r) AMT 802.3 TLS Settings';
const localId = 'Intel(r) AMT LMS TLS Settings';

export const tlsSettingData: AmtClass = {
  name: 'AMT_TLSSettingData',
  keys: ['InstanceID'],
  list: (device) => [
    describe(device, networkId, tlsState(device).network),
    describe(device, localId, tlsState(device).local),
  ],
  put({ device, instance }, sent) {
    const isNetwork = instance.InstanceID === networkId;
    const settings = readSettings(sent);
    // Firmware that speaks TLS only cannot be told to do without.
    const mustBeOn = isNetwork && device.has('tlsOnlyTold') && tlsState(device).isOnly;
    if (mustBeOn && (!settings.isEnabled || settings.acceptsPlain)) throw refused(PtStatus.notPermitted);
    if (isNetwork) tlsState(device).network = settings;
    else tlsState(device).local = settings;
  },
};

/** Takes the settings over: TLS needs a certificate, and mutual TLS a root to check that of the console with. */
export function commitTls(context: Pick<Context, 'device' | 'account' | 'from'>): number {
  const { device } = context;
  const state = tlsState(device);
  const { isEnabled, isMutual } = state.network;
  if (isEnabled && state.shown === undefined) return PtStatus.dataMissing;
  if (isEnabled && isMutual && certificateStore(device).trustedRoots.length === 0) return PtStatus.dataMissing;
  if (state.network !== state.effective) {
    auditLog(device).add(context, { app: Audit.security.app, event: Audit.security.tlsState });
  }
  state.effective = state.network;
  device.changeFront(frontOf(device));
  return PtStatus.success;
}

function frontOf(device: AmtDevice): NetworkFront {
  const { effective, shown, factory } = tlsState(device);
  const store = certificateStore(device);
  return {
    ports: effective.isEnabled ? (effective.acceptsPlain ? 'both' : 'tls') : 'plain',
    certificate: (shown === undefined ? undefined : store.identityOf(shown)) ?? factory,
    ...(effective.isMutual && { clientAuthorities: store.trustedRoots.join('\n') }),
  };
}

function describe(device: AmtDevice, id: string, settings: TlsSettings): Properties {
  return {
    AcceptNonSecureConnections: settings.acceptsPlain,
    ElementName: id,
    Enabled: settings.isEnabled,
    InstanceID: id,
    MutualAuthentication: settings.isMutual,
    NonSecureConnectionsSupported: device.has('tlsOnlyTold') ? !tlsState(device).isOnly : undefined,
    TrustedCN: settings.trustedNames,
  };
}

function readSettings(sent: Sent): TlsSettings {
  return {
    isEnabled: sent.requiredBoolean('Enabled'),
    isMutual: sent.boolean('MutualAuthentication') ?? false,
    acceptsPlain: sent.boolean('AcceptNonSecureConnections') ?? false,
    trustedNames: sent.texts('TrustedCN').filter((name) => name !== ''),
  };
}
