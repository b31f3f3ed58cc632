import type { AmtClient } from '../../technologies/amt/client';
import { readPresenceServers, readRemoteAccessLimits } from '../../technologies/amt/remoteAccess';
import type { WayContext } from '../operation';
import type { RemoteAccessParameters } from './remoteAccessParameters';

/** Why a device cannot have this server and its policies. */
export async function lacksRemoteAccess(
  client: AmtClient,
  { action, server, port, commonName }: RemoteAccessParameters,
  { signal }: WayContext,
): Promise<string | undefined> {
  const limits = await readRemoteAccessLimits(client, signal);
  if (!limits) return 'it has no remote access';
  if (action === 'remove') return undefined;
  const servers = await readPresenceServers(client, signal);
  const held = servers.find((one) => one.address === server && one.port === port);
  if (!held) {
    return servers.length >= limits.servers
      ? `it has no room for another server: it knows ${limits.servers}`
      : undefined;
  }
  const isOther = commonName !== undefined && held.commonName !== undefined && held.commonName !== commonName;
  return isOther
    ? `it expects the name ${held.commonName} in the server’s certificate: remove the server first`
    : undefined;
}
