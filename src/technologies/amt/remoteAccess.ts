import { managementPresenceRemoteSap } from '../../protocols/amt/cim/managementPresenceRemoteSap';
import { mpsUsernamePassword } from '../../protocols/amt/cim/mpsUsernamePassword';
import { remoteAccessCapabilities } from '../../protocols/amt/cim/remoteAccessCapabilities';
import { remoteAccessPolicyAppliesToMps } from '../../protocols/amt/cim/remoteAccessPolicyAppliesToMps';
import type { triggers } from '../../protocols/amt/cim/remoteAccessPolicyRule';
import { remoteAccessPolicyRule } from '../../protocols/amt/cim/remoteAccessPolicyRule';
import { interfaces, userInitiatedConnectionService } from '../../protocols/amt/cim/userInitiatedConnectionService';
import { decodePeriod, type Period } from '../../protocols/amt/periodicTrigger';
import { assertCompleted } from '../../protocols/amt/returnValue';
import { numberOf } from '../../protocols/wsman/cimClass';
import type { AmtClient } from './client';
import { settingsGroup } from './settingsGroup';

/** On which occasions a device connects to a management presence server. */
export const occasions = ['user-initiated', 'alert', 'periodic'] as const;
export type Occasion = (typeof occasions)[number];

export const occasionWords = {
  'user-initiated': 'user initiated',
  alert: 'alert',
  periodic: 'periodic',
} as const satisfies Record<Occasion, (typeof triggers)[keyof typeof triggers]>;

/** A management presence server, to which the device connects from networks in which it cannot be reached. */
export interface PresenceServer {
  /** The key: `Intel(r) AMT:Management Presence Server 0`. */
  readonly name: string;
  readonly address: string;
  readonly port: number;
  readonly commonName: string | undefined;
  /** As whom the device logs in; undefined for a login by certificate. */
  readonly user: string | undefined;
  /** The key of that login. */
  readonly loginId: string | undefined;
}

export interface AccessPolicy {
  /** The key, given by the occasion. */
  readonly name: string;
  /** In words, such as `user initiated`. */
  readonly occasion: string;
  /** How long a connection stays; 0: as long as it can. */
  readonly tunnelSeconds: number;
  readonly period: Period | undefined;
  /** The keys of its servers, the first tried first. */
  readonly servers: readonly string[];
}

/** How many servers and policies a device can have; nothing where it has no remote access. */
export async function readRemoteAccessLimits(
  client: AmtClient,
  signal: AbortSignal,
): Promise<{ readonly servers: number; readonly policies: number } | undefined> {
  const limits = await client.find(remoteAccessCapabilities, signal);
  return limits && { servers: limits.MaxTotalMpServers ?? 1, policies: limits.MaxTotalPolicies ?? 1 };
}

export async function readPresenceServers(client: AmtClient, signal: AbortSignal): Promise<readonly PresenceServer[]> {
  const servers = await client.list(managementPresenceRemoteSap, signal);
  const logins = servers.length > 0 ? await client.list(mpsUsernamePassword, signal) : [];
  return servers.map(({ Name: name = '', AccessInfo, Port, CN }) => {
    // Server and login are made together, under one number.
    const login = logins.find(({ InstanceID }) => lastNumber(InstanceID) === lastNumber(name));
    return {
      name,
      address: AccessInfo ?? '',
      port: Port ?? 0,
      commonName: CN,
      user: login?.RemoteID,
      loginId: login?.InstanceID,
    };
  });
}

export async function readAccessPolicies(client: AmtClient, signal: AbortSignal): Promise<readonly AccessPolicy[]> {
  const rules = await client.list(remoteAccessPolicyRule, signal);
  const uses = rules.length > 0 ? await client.list(remoteAccessPolicyAppliesToMps, signal) : [];
  const inOrder = uses.toSorted((one, other) => (one.OrderOfAccess ?? 0) - (other.OrderOfAccess ?? 0));
  return rules.map(({ PolicyRuleName: name = '', Trigger, TunnelLifeTime, ExtendedData }) => ({
    name,
    occasion: Trigger ?? '',
    tunnelSeconds: TunnelLifeTime ?? 0,
    period: Trigger === 'periodic' && ExtendedData ? decodePeriod(ExtendedData) : undefined,
    servers: inOrder
      .filter(({ PolicySet }) => PolicySet?.selectors.PolicyRuleName === name)
      .map(({ ManagedElement }) => ManagedElement?.selectors.Name)
      .filter((server) => typeof server === 'string'),
  }));
}

/** From where the user in front of the computer may ask for a connection. */
export const userConnections = ['none', 'bios', 'os', 'both'] as const;
export interface UserConnectionSettings {
  readonly userConnection: (typeof userConnections)[number];
}

const interfaceWords = {
  none: 'all disabled',
  bios: 'BIOS',
  os: 'operating system',
  both: 'BIOS and operating system',
} as const;

export const userConnectionSettings = settingsGroup<UserConnectionSettings>({
  words: { userConnection: (where) => `user connection ${where}` },
  async read(client, signal) {
    const { EnabledState: held } = await client.get(userInitiatedConnectionService, signal);
    return { userConnection: userConnections.find((where) => interfaceWords[where] === held) };
  },
  async write(client, { userConnection = 'none' }, signal) {
    const parameters = { RequestedState: numberOf(interfaces, interfaceWords[userConnection]) };
    const { resourceUri } = userInitiatedConnectionService;
    const output = await client.wsman.invoke(resourceUri, 'RequestStateChange', parameters, { signal });
    assertCompleted(output, `user connection ${userConnection}`);
  },
});

/** `every 30 s`, `daily at 23:05`. */
export function describePeriod(period: Period): string {
  if ('everySeconds' in period) return `every ${period.everySeconds} s`;
  const [hour, minute] = [period.hour, period.minute].map((number) => String(number).padStart(2, '0'));
  return `daily at ${hour ?? ''}:${minute ?? ''}`;
}

function lastNumber(key: string | undefined): string | undefined {
  return /\d+$/.exec(key ?? '')?.[0];
}
