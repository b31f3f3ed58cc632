import {
  getLanConfigurationParameters,
  type LanParameter,
} from '../../protocols/ipmi/commands/getLanConfigurationParameters';
import {
  decodeAddressSource,
  decodeIpv4,
  decodeIpv6Address,
  decodeIpv6Enables,
  decodeIpv6Router,
  decodeIpv6Status,
  decodeMac,
  decodeSuiteIds,
  decodeSuitePrivileges,
  decodeVlan,
} from '../../protocols/ipmi/lan';
import { lanChannels } from './channels';
import type { IpmiClient } from './client';
import { ifRefused } from './refused';

const mostAddresses = 16;

/** The configuration of one LAN channel. What the controller does not have is absent. */
export interface LanConfiguration {
  readonly channel: number;
  readonly mac?: string;
  readonly source?: string;
  readonly address?: string;
  readonly mask?: string;
  readonly gateway?: string;
  readonly vlan?: number;
  /** `IPv4 only`, `IPv6 only` or `IPv4 and IPv6`. */
  readonly ipv6?: string;
  readonly ipv6Addresses: readonly string[];
  readonly ipv6Router?: string;
  readonly suites: readonly SuiteAccess[];
}

export interface SuiteAccess {
  readonly id: number;
  /** The highest privilege that it gives; absent where the controller does not tell. */
  readonly privilege?: string;
}

/** All LAN channels of a controller. IPMI v2.0 section 23. */
export async function readLan(client: IpmiClient, signal: AbortSignal): Promise<readonly LanConfiguration[]> {
  const configurations: LanConfiguration[] = [];
  for (const channel of await lanChannels(client, signal)) {
    configurations.push(await new LanReader(client, channel, signal).read());
  }
  return configurations;
}

class LanReader {
  readonly #client: IpmiClient;
  readonly #channel: number;
  readonly #signal: AbortSignal;

  constructor(client: IpmiClient, channel: number, signal: AbortSignal) {
    this.#client = client;
    this.#channel = channel;
    this.#signal = signal;
  }

  async read(): Promise<LanConfiguration> {
    const mac = await this.#get('macAddress', decodeMac);
    const source = await this.#get('ipAddressSource', decodeAddressSource);
    const address = await this.#get('ipAddress', decodeIpv4);
    const mask = await this.#get('subnetMask', decodeIpv4);
    const gateway = await this.#get('defaultGateway', decodeIpv4);
    const vlan = await this.#get('vlan', decodeVlan);
    const ipv6 = await this.#get('ipv6Enables', decodeIpv6Enables);
    const ipv6Router = ipv6 === undefined ? undefined : await this.#get('ipv6StaticRouter1', decodeIpv6Router);
    return {
      channel: this.#channel,
      ...(mac !== undefined && { mac }),
      ...(source !== undefined && { source }),
      ...(address !== undefined && { address }),
      ...(mask !== undefined && { mask }),
      ...(gateway !== undefined && { gateway }),
      ...(vlan !== undefined && { vlan }),
      ...(ipv6 !== undefined && { ipv6 }),
      ipv6Addresses: ipv6 === undefined ? [] : await this.#ipv6Addresses(),
      ...(ipv6Router !== undefined && { ipv6Router }),
      suites: await this.#suites(),
    };
  }

  async #ipv6Addresses(): Promise<readonly string[]> {
    const { statics = 0, dynamics = 0 } = (await this.#get('ipv6Status', decodeIpv6Status)) ?? {};
    const addresses: (string | undefined)[] = [];
    for (let set = 0; set < Math.min(statics, mostAddresses); set++) {
      addresses.push(await this.#get('ipv6StaticAddress', (data) => decodeIpv6Address(data, 'static'), set));
    }
    for (let set = 0; set < Math.min(dynamics, mostAddresses); set++) {
      addresses.push(await this.#get('ipv6DynamicAddress', (data) => decodeIpv6Address(data, 'dynamic'), set));
    }
    return addresses.filter((address) => address !== undefined);
  }

  async #suites(): Promise<readonly SuiteAccess[]> {
    const count = (await this.#get('cipherSuiteCount', ([number = 0]) => number & 0x1f)) ?? 0;
    const ids = (await this.#get('cipherSuites', decodeSuiteIds)) ?? [];
    const privileges = await this.#get('cipherSuitePrivileges', decodeSuitePrivileges);
    return ids.slice(0, count).map((id, index) => {
      const privilege = privileges?.[index];
      return { id, ...(privilege !== undefined && { privilege }) };
    });
  }

  /** Nothing where the controller does not have the parameter. */
  async #get<T>(parameter: LanParameter, decode: (data: Uint8Array) => T, set?: number): Promise<T | undefined> {
    const input = { channel: this.#channel, parameter, ...(set !== undefined && { set }) };
    const data = await ifRefused(this.#client.run(getLanConfigurationParameters, input, this.#signal), undefined);
    return data && decode(data);
  }
}
