import { chassisIdentify, type IdentifyTime } from '../../protocols/ipmi/commands/chassisIdentify';
import { change } from './change';
import type { IpmiClient } from './client';

/** Lights the chassis' identification, or ends it after 0 seconds. */
export function requestIdentify(client: IpmiClient, time: IdentifyTime, signal: AbortSignal): Promise<void> {
  return change(client, chassisIdentify, time, signal);
}
