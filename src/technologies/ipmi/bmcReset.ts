import { coldReset, warmReset } from '../../protocols/ipmi/commands/resetController';
import type { IpmiClient } from './client';

/** Resets the controller, never twice; see `IpmiClient.runOnce`. */
export function requestBmcReset(
  client: IpmiClient,
  kind: 'cold' | 'warm',
  signal: AbortSignal,
): Promise<{ readonly confirmed: boolean }> {
  return client.runOnce(kind === 'warm' ? warmReset : coldReset, undefined, signal);
}
