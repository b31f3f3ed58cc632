import { getChannelInfo } from '../../protocols/ipmi/commands/getChannelInfo';
import type { IpmiClient } from './client';
import { ifRefused } from './refused';

const lan = new Set([4, 6]);
const lastChannel = 11;

/** The numbers of a controller's LAN channels. */
export async function lanChannels(client: IpmiClient, signal: AbortSignal): Promise<readonly number[]> {
  const channels: number[] = [];
  for (let channel = 1; channel <= lastChannel; channel++) {
    const info = await ifRefused(client.run(getChannelInfo, channel, signal), undefined);
    if (info && lan.has(info.medium)) channels.push(channel);
  }
  return channels;
}
