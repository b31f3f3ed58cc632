import { getPowerLimit, getPowerReading, type PowerLimit, type PowerReading } from '../../protocols/ipmi/commands/dcmi';
import type { IpmiClient } from './client';
import { ifRefused } from './refused';

export type { PowerLimit, PowerReading };

/** What the computer draws, and the limit where one is active. Rejects with `device.unsupported` where the controller has no DCMI. */
export async function readPower(
  client: IpmiClient,
  signal: AbortSignal,
): Promise<{ readonly reading: PowerReading; readonly limit?: PowerLimit }> {
  const reading = await client.run(getPowerReading, undefined, signal);
  const limit = await ifRefused(client.run(getPowerLimit, undefined, signal), undefined);
  return { reading, ...(limit && { limit }) };
}
