import {
  powerRestorePolicies,
  type PowerRestorePolicy,
  setPowerRestorePolicy,
} from '../../protocols/ipmi/commands/setPowerRestorePolicy';
import { change } from './change';
import type { IpmiClient } from './client';

export { powerRestorePolicies, type PowerRestorePolicy };

/** The policies that the chassis supports. */
export function supportedRestorePolicies(
  client: IpmiClient,
  signal: AbortSignal,
): Promise<readonly PowerRestorePolicy[]> {
  return client.run(setPowerRestorePolicy, 'query', signal);
}

export async function writeRestorePolicy(
  client: IpmiClient,
  policy: PowerRestorePolicy,
  signal: AbortSignal,
): Promise<void> {
  await change(client, setPowerRestorePolicy, policy, signal);
}
