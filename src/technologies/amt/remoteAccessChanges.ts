import { SidebandError } from '../../base/errors';
import type { Secret } from '../../base/secret';
import { addressFormats } from '../../protocols/amt/cimFields';
import { managementPresenceRemoteSap } from '../../protocols/amt/cim/managementPresenceRemoteSap';
import { mpsUsernamePassword } from '../../protocols/amt/cim/mpsUsernamePassword';
import { remoteAccessPolicyRule, triggers } from '../../protocols/amt/cim/remoteAccessPolicyRule';
import { remoteAccessService } from '../../protocols/amt/cim/remoteAccessService';
import { encodePeriod, type Period } from '../../protocols/amt/periodicTrigger';
import { assertCompleted } from '../../protocols/amt/returnValue';
import { numberOf } from '../../protocols/wsman/cimClass';
import type { EndpointReference } from '../../protocols/wsman/values';
import type { Difference } from '../difference';
import type { AmtClient } from './client';
import {
  type AccessPolicy,
  describePeriod,
  type Occasion,
  occasionWords,
  type PresenceServer,
  readAccessPolicies,
  readPresenceServers,
} from './remoteAccess';
import { rewrite } from './rewrite';

const service = remoteAccessService.resourceUri;
const byPassword = 2;

/** Where a server is. */
export interface ServerAddress {
  readonly address: string;
  readonly port: number;
}

export interface WantedServer extends ServerAddress {
  /** The name in the server's certificate, needed where `address` is an IP address. */
  readonly commonName: string | undefined;
  readonly user: string;
  readonly password: Secret;
}

export interface WantedPolicy {
  readonly occasion: Occasion;
  readonly tunnelSeconds: number;
  /** Of `periodic`, and of no other. */
  readonly period: Period | undefined;
}

/** The server at an address. */
export async function findPresenceServer(
  client: AmtClient,
  { address, port }: ServerAddress,
  signal: AbortSignal,
): Promise<PresenceServer | undefined> {
  const servers = await readPresenceServers(client, signal);
  return servers.find((one) => one.address === address && one.port === port);
}

/** What is to be done so that the device knows this server. `anew`: give the password again, which cannot be read. */
export async function serverDifferences(
  client: AmtClient,
  wanted: WantedServer,
  { anew, signal }: { readonly anew: boolean; readonly signal: AbortSignal },
): Promise<readonly Difference[]> {
  const held = await findPresenceServer(client, wanted, signal);
  if (!held) return [{ name: `server ${wanted.address}`, write: (stop) => addServer(client, wanted, stop) }];
  const { loginId } = held;
  if (loginId === undefined || (held.user === wanted.user && !anew)) return [];
  const login = { RemoteID: wanted.user, Secret: wanted.password };
  const options = (stop: AbortSignal) => ({ selectors: { InstanceID: loginId }, signal: stop });
  return [
    {
      name: `login ${wanted.user}`,
      write: (stop) => rewrite(client, mpsUsernamePassword, (instance) => instance.with(login), options(stop)),
    },
  ];
}

/** What is to be done so that these policies lead to the server, and to no other. */
export async function policyDifferences(
  client: AmtClient,
  server: ServerAddress,
  wanted: readonly WantedPolicy[],
  signal: AbortSignal,
): Promise<readonly Difference[]> {
  const policies = await readAccessPolicies(client, signal);
  const name = (await findPresenceServer(client, server, signal))?.name;
  return wanted.flatMap((policy) => {
    const word = occasionWords[policy.occasion];
    const held = policies.find(({ occasion }) => occasion === word);
    if (held && isSame(held, policy, name)) return [];
    return [
      ...(held ? [policyRemoval(client, held)] : []),
      { name: `policy ${word}`, write: (stop) => addPolicyFor(client, server, policy, stop) } satisfies Difference,
    ];
  });
}

/** What is to be done so that the device does not know the server: its policies go first, and come back for their other servers. */
export async function serverRemovals(
  client: AmtClient,
  address: ServerAddress,
  signal: AbortSignal,
): Promise<readonly Difference[]> {
  const server = await findPresenceServer(client, address, signal);
  if (!server) return [];
  const policies = (await readAccessPolicies(client, signal)).filter(({ servers }) => servers.includes(server.name));
  const removal: Difference = {
    name: `server ${address.address} removed`,
    write: (stop) => remove(client, managementPresenceRemoteSap.resourceUri, { Name: server.name }, stop),
  };
  const ofOthers = policies.flatMap((policy): readonly Difference[] => {
    const others = policy.servers.filter((one) => one !== server.name);
    if (others.length === 0) return [];
    return [{ name: `policy ${policy.occasion} for others`, write: (stop) => addPolicy(client, policy, others, stop) }];
  });
  return [...policies.map((policy) => policyRemoval(client, policy)), ...ofOthers, removal];
}

function isSame(held: AccessPolicy, wanted: WantedPolicy, server: string | undefined): boolean {
  const periodOf = ({ period }: Pick<AccessPolicy, 'period'>): string => (period ? describePeriod(period) : '');
  return (
    held.tunnelSeconds === wanted.tunnelSeconds &&
    periodOf(held) === periodOf(wanted) &&
    held.servers.length === 1 &&
    held.servers[0] === server
  );
}

function policyRemoval(client: AmtClient, { name, occasion }: AccessPolicy): Difference {
  return {
    name: `policy ${occasion} removed`,
    write: (stop) => remove(client, remoteAccessPolicyRule.resourceUri, { PolicyRuleName: name }, stop),
  };
}

async function addServer(client: AmtClient, wanted: WantedServer, signal: AbortSignal): Promise<void> {
  const { address, port, commonName, user, password } = wanted;
  const parameters = {
    AccessInfo: address,
    InfoFormat: numberOf(addressFormats, formatOf(address)),
    Port: port,
    AuthMethod: byPassword,
    Username: user,
    Password: password,
    CN: commonName,
  };
  assertCompleted(await client.wsman.invoke(service, 'AddMpServer', parameters, { signal }), 'AddMpServer');
}

async function addPolicyFor(
  client: AmtClient,
  address: ServerAddress,
  { occasion, ...policy }: WantedPolicy,
  signal: AbortSignal,
): Promise<void> {
  const server = await findPresenceServer(client, address, signal);
  if (!server) throw new SidebandError('device.state', 'the device has forgotten the server');
  await addPolicy(client, { ...policy, occasion: occasionWords[occasion] }, [server.name], signal);
}

async function addPolicy(
  client: AmtClient,
  { occasion, tunnelSeconds, period }: Pick<AccessPolicy, 'occasion' | 'tunnelSeconds' | 'period'>,
  servers: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  const method = 'AddRemoteAccessPolicyRule';
  const parameters = {
    Trigger: numberOf(triggers, occasion as (typeof triggers)[keyof typeof triggers]),
    TunnelLifeTime: tunnelSeconds,
    ExtendedData: period && encodePeriod(period),
    MpServer: servers.map(serverReference),
  };
  assertCompleted(await client.wsman.invoke(service, method, parameters, { signal }), method);
}

function remove(
  client: AmtClient,
  resourceUri: string,
  selectors: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<void> {
  return client.wsman.delete(resourceUri, { selectors, signal });
}

function formatOf(address: string): 'IPv4' | 'IPv6' | 'FQDN' {
  if (address.includes(':')) return 'IPv6';
  return /^\d+(\.\d+){3}$/.test(address) ? 'IPv4' : 'FQDN';
}

function serverReference(name: string): EndpointReference {
  return {
    resourceUri: managementPresenceRemoteSap.resourceUri,
    selectors: {
      CreationClassName: 'AMT_ManagementPresenceRemoteSAP',
      Name: name,
      SystemCreationClassName: 'CIM_ComputerSystem',
      SystemName: 'Intel(r) AMT',
    },
  };
}
