import { SidebandError, toSidebandError } from '../../base/errors';
import { publicKeyCertificate } from '../../protocols/amt/cim/publicKeyCertificate';
import { setupAndConfigurationService } from '../../protocols/amt/cim/setupAndConfigurationService';
import { tlsSettingData } from '../../protocols/amt/cim/tlsSettingData';
import { assertCompleted } from '../../protocols/amt/returnValue';
import type { InstanceOf } from '../../protocols/wsman/cimClass';
import type { AmtClient } from './client';
import { onOff, settingsGroup, type Some } from './settingsGroup';

const network = 'Intel(r) AMT 802.3 TLS Settings';

/** TLS of the network, not of the local interface. */
export interface TlsSettings {
  /** Whether connections in clear are taken, too. */
  readonly acceptNonSecure: boolean;
  /** Whether consoles must show a certificate that a trusted root has signed. */
  readonly mutual: boolean;
  /** Common names, in order: only certificates with one of them are taken. None: all. */
  readonly trustedNames: readonly string[];
}

/** Written settings are in force after they are committed. Those that are refused then are taken back, for they would be read as held. */
export const tlsSettings = settingsGroup<TlsSettings>({
  words: {
    acceptNonSecure: onOff('connections in clear'),
    mutual: onOff('mutual TLS'),
    trustedNames: (names) => `consoles named ${names.join(', ') || 'anything'}`,
  },
  async read(client, signal) {
    const held = await getNetworkTls(client, signal);
    return {
      acceptNonSecure: held.AcceptNonSecureConnections,
      mutual: held.MutualAuthentication,
      trustedNames: held.TrustedCN.toSorted(),
    };
  },
  async write(client, { acceptNonSecure, mutual, trustedNames }, signal) {
    const changes = {
      ...(acceptNonSecure !== undefined && { AcceptNonSecureConnections: acceptNonSecure }),
      ...(mutual !== undefined && { MutualAuthentication: mutual }),
      ...(trustedNames && { TrustedCN: trustedNames.length > 0 ? trustedNames : undefined }),
    };
    const options = { selectors: { InstanceID: network }, signal };
    const before = await client.wsman.get(tlsSettingData.resourceUri, options);
    const writable = before.without('NonSecureConnectionsSupported');
    await client.wsman.put(tlsSettingData.resourceUri, writable.with(changes), options);
    try {
      await commit(client, signal);
    } catch (thrown) {
      if (toSidebandError(thrown).effect === 'none') {
        await client.wsman.put(tlsSettingData.resourceUri, writable, options);
      }
      throw thrown;
    }
  },
});

/** TLS of an interface, as it is set. */
export interface TlsFacts {
  /** The key. */
  readonly id: string;
  readonly isNetwork: boolean;
  /** In words. */
  readonly settings: string;
}

export async function readTlsFacts(client: AmtClient, signal: AbortSignal): Promise<readonly TlsFacts[]> {
  const held = await client.list(tlsSettingData, signal);
  return held.map(({ InstanceID: id = '', Enabled, MutualAuthentication, AcceptNonSecureConnections, TrustedCN }) => ({
    id,
    isNetwork: id === network,
    settings: [
      onOff('TLS')(Enabled === true),
      onOff('connections in clear')(Enabled !== true || AcceptNonSecureConnections === true),
      onOff('mutual TLS')(MutualAuthentication === true),
      ...(TrustedCN.length > 0 ? [`consoles named ${TrustedCN.join(', ')}`] : []),
    ].join(', '),
  }));
}

/** Why this device cannot have these settings. */
export async function lacksTls(
  client: AmtClient,
  { acceptNonSecure, mutual }: Some<TlsSettings>,
  signal: AbortSignal,
): Promise<string | undefined> {
  const held = await getNetworkTls(client, signal);
  if (held.Enabled !== true) return 'TLS is not set up on it: it needs a certificate first';
  if (acceptNonSecure === true && held.NonSecureConnectionsSupported === false) {
    return 'its firmware takes no connections in clear';
  }
  if (mutual !== true) return undefined;
  const roots = (await client.list(publicKeyCertificate, signal)).filter((one) => one.TrustedRootCertficate === true);
  return roots.length > 0 ? undefined : 'it has no trusted root certificate, so that no console could log in any more';
}

async function getNetworkTls(client: AmtClient, signal: AbortSignal): Promise<InstanceOf<typeof tlsSettingData>> {
  const held = (await client.list(tlsSettingData, signal)).find(({ InstanceID }) => InstanceID === network);
  if (held) return held;
  throw new SidebandError('device.unsupported', 'it has no TLS settings of the network');
}

/** What is not committed is accepted and never in force. */
async function commit(client: AmtClient, signal: AbortSignal): Promise<void> {
  const { resourceUri } = setupAndConfigurationService;
  assertCompleted(await client.wsman.invoke(resourceUri, 'CommitChanges', {}, { signal }), 'CommitChanges');
}
