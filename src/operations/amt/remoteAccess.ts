import { amt } from '../../technologies/amt/amt';
import { rootDifferences } from '../../technologies/amt/certificates';
import type { AmtClient } from '../../technologies/amt/client';
import {
  describePeriod,
  occasionWords,
  type PresenceServer,
  readAccessPolicies,
  userConnectionSettings,
} from '../../technologies/amt/remoteAccess';
import {
  findPresenceServer,
  policyDifferences,
  serverDifferences,
  serverRemovals,
} from '../../technologies/amt/remoteAccessChanges';
import type { Difference } from '../../technologies/difference';
import { bringTo } from '../bringTo';
import { defineOperation, type StepResult, type WayContext } from '../operation';
import { lacksRemoteAccess } from './remoteAccessLacks';
import { periodOf, remoteAccessParameters, type RemoteAccessParameters } from './remoteAccessParameters';

export const amtRemoteAccess = defineOperation(
  {
    id: 'amt.remoteAccess',
    title: 'AMT Remote Access',
    description:
      'Has a device connect to a management presence server when it is in a network in which nobody reaches it.',
    danger: 'disruptive',
    kind: 'change',
    repeatable: true,
    parameters: remoteAccessParameters,
    example: { server: 'mps.example', user: 'device', passwordOf: 'mps' },
    secrets: ({ passwordOf }) => (passwordOf === undefined ? [] : [passwordOf]),
    then: describeWanted,
    warnings: ({ action, policies }) =>
      action === 'add' && policies.length > 0
        ? [`What the devices do on these occasions until now is replaced: ${policies.join(', ')}.`]
        : [],
  },
  (via) => [via(amt, { now: describeHeld, lacks: lacksRemoteAccess, run: bringRemoteAccessTo })],
);

async function bringRemoteAccessTo(
  client: AmtClient,
  given: RemoteAccessParameters,
  { signal, secret }: WayContext,
): Promise<StepResult> {
  const { server: address, port, commonName, user = '', passwordOf, rootCertificate, userConnection } = given;
  const value = { server: `${address}:${port}` };
  if (given.action === 'remove') {
    return bringTo((stop) => serverRemovals(client, { address, port }, stop), signal, { value });
  }
  const password = await secret(passwordOf ?? '');
  const wanted = { address, port, commonName, user, password };
  const policies = given.policies.map((occasion) => ({
    occasion,
    tunnelSeconds: given.tunnelSeconds,
    period: occasion === 'periodic' ? periodOf(given) : undefined,
  }));
  let anew = given.anew;
  const differences = async (stop: AbortSignal): Promise<readonly Difference[]> => {
    const ofServer = await serverDifferences(client, wanted, { anew, signal: stop });
    anew = false;
    return [
      ...(rootCertificate === undefined ? [] : await rootDifferences(client, rootCertificate, stop)),
      ...ofServer,
      ...(await policyDifferences(client, wanted, policies, stop)),
      ...(await userConnectionSettings.differences(client, { userConnection }, stop)),
    ];
  };
  return bringTo(differences, signal, { value, note: 'Whether the password is the right one cannot be read back.' });
}

async function describeHeld(client: AmtClient, { signal }: WayContext, given: RemoteAccessParameters): Promise<string> {
  const { server: address, port, userConnection } = given;
  const server = await findPresenceServer(client, { address, port }, signal);
  if (given.action === 'remove') return server ? describeServer(given, server.user) : noServer(given);
  const held = server ? await describePolicies(client, server, signal) : [];
  const settings = await userConnectionSettings.now(client, { userConnection }, signal);
  return [server ? describeServer(given, server.user) : noServer(given), ...held, ...settings].join('; ');
}

async function describePolicies(
  client: AmtClient,
  { name }: PresenceServer,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const policies = await readAccessPolicies(client, signal);
  return policies
    .filter(({ servers }) => servers.includes(name))
    .map(({ occasion, period }) => (period ? `${occasion} ${describePeriod(period)}` : occasion));
}

function describeWanted(given: RemoteAccessParameters): string {
  const { action, policies, user, userConnection } = given;
  if (action === 'remove') return noServer(given);
  const words = policies.map((occasion) =>
    occasion === 'periodic' ? `periodic ${describePeriod(periodOf(given))}` : occasionWords[occasion],
  );
  return [describeServer(given, user), ...words, ...userConnectionSettings.describe({ userConnection })].join('; ');
}

function describeServer({ server, port }: RemoteAccessParameters, user: string | undefined): string {
  return `server ${server}:${port}${user === undefined ? '' : ` as ${user}`}`;
}

function noServer({ server, port }: RemoteAccessParameters): string {
  return `no server ${server}:${port}`;
}
