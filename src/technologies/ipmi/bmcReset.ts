import { coldReset, warmReset } from '../../protocols/ipmi/commands/resetController';
import type { IpmiClient } from './client';

/** Resets the controller, never twice; see `IpmiClient.runOnce`. The session is lost with it. */
export async function requestBmcReset(
  client: IpmiClient,
  kind: 'cold' | 'warm',
  signal: AbortSignal,
): Promise<{ readonly confirmed: boolean }> {
  const result = await client.runOnce(kind === 'warm' ? warmReset : coldReset, undefined, signal);
  client.isSpent = true;
  return result;
}
