import { getSystemRestartCause } from '../../protocols/ipmi/commands/getSystemRestartCause';
import type { IpmiClient } from './client';
import { ifRefused } from './refused';

const causes: readonly string[] = [
  'unknown',
  'chassis control',
  'reset button',
  'power button',
  'watchdog',
  'OEM',
  'power restored, as always',
  'power restored, as before',
  'reset by PEF',
  'power cycle by PEF',
  'soft reset',
  'real-time clock',
];

/** Why the computer was started the last time, IPMI v2.0 section 28.11; nothing where the controller does not tell. */
export async function readRestartCause(client: IpmiClient, signal: AbortSignal): Promise<string | undefined> {
  const cause = await ifRefused(client.run(getSystemRestartCause, undefined, signal), undefined);
  return cause === undefined ? undefined : (causes[cause] ?? `cause ${cause}`);
}
