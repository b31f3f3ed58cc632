import type { IpmiCommand } from '../command';

/** LAN configuration parameters, IPMI v2.0 table 23-4. */
export const lanParameters = {
  setInProgress: 0,
  ipAddress: 3,
  ipAddressSource: 4,
  macAddress: 5,
  subnetMask: 6,
  primaryPort: 8,
  arpControl: 10,
  defaultGateway: 12,
  defaultGatewayMac: 13,
  vlan: 20,
  cipherSuiteCount: 22,
  cipherSuites: 23,
  cipherSuitePrivileges: 24,
  ipv6Enables: 51,
  ipv6Status: 55,
  ipv6StaticAddress: 56,
  ipv6DynamicAddress: 59,
  ipv6RouterControl: 64,
  ipv6StaticRouter1: 65,
} as const;

export type LanParameter = keyof typeof lanParameters;

/** Get LAN Configuration Parameters, IPMI v2.0 section 23.2. Gives the parameter's data. Completion code 80h: not supported. */
export const getLanConfigurationParameters: IpmiCommand<
  { readonly channel: number; readonly parameter: LanParameter; readonly set?: number },
  Uint8Array
> = {
  name: 'Get LAN Configuration Parameters',
  netFn: 0x0c,
  command: 0x02,
  privilege: 'operator',
  encode: ({ channel, parameter, set = 0 }) => Uint8Array.of(channel, lanParameters[parameter], set, 0),
  decode(reader) {
    reader.skip(1); // parameter revision
    return reader.rest().slice();
  },
};
