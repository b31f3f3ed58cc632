import { ethernetPortSettings } from '../../protocols/amt/cim/ethernetPortSettings';
import { ipv6PortSettings } from '../../protocols/amt/cim/ipv6PortSettings';
import type { InstanceOf } from '../../protocols/wsman/cimClass';
import type { AmtClient } from './client';

/** What is set for a network port, with IPv4 and IPv6 under one number. */
export interface NetworkFacts {
  readonly port: string;
  readonly settings: InstanceOf<typeof ethernetPortSettings>;
  readonly ipv6: InstanceOf<typeof ipv6PortSettings> | undefined;
}

export async function readNetworkFacts(client: AmtClient, signal: AbortSignal): Promise<readonly NetworkFacts[]> {
  const ports = await client.list(ethernetPortSettings, signal);
  const addresses = await client.list(ipv6PortSettings, signal);
  return ports.map((settings) => {
    const number = numberIn(settings.InstanceID);
    const port = { '0': 'wired', '1': 'wireless' }[number] ?? settings.InstanceID ?? '';
    return { port, settings, ipv6: addresses.find(({ InstanceID }) => numberIn(InstanceID) === number) };
  });
}

/** The IPv6 addresses that are set or in use; `::` stands for none. */
export function ipv6Text(...addresses: readonly (string | undefined)[]): string {
  return addresses.filter((one) => one !== undefined && one !== '' && one !== '::').join(', ');
}

function numberIn(id: string | undefined): string {
  return /\d+$/.exec(id ?? '')?.[0] ?? '';
}
