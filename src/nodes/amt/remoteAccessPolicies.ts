import { amt } from '../../technologies/amt/amt';
import {
  type AccessPolicy,
  describePeriod,
  type PresenceServer,
  readAccessPolicies,
  readPresenceServers,
} from '../../technologies/amt/remoteAccess';
import { defineNode, type Row } from '../node';

export const remoteAccessPolicies = defineNode(
  {
    id: 'remote-access-policies',
    title: 'Remote Access Policies',
    description: 'When Intel AMT connects to which management presence server.',
    path: ['AMT'],
    kind: 'audit',
    columns: ['Policy', 'Period', 'Connection (s)', 'Order', 'Server', 'Port', 'Name in the certificate', 'User'],
    key: ['Policy', 'Server', 'Port'],
    volatile: [],
  },
  (from) => [
    from(amt, async (client, { signal }) => {
      const servers = await readPresenceServers(client, signal);
      const policies = await readAccessPolicies(client, signal);
      const used = new Set(policies.flatMap((policy) => policy.servers));
      return [
        ...policies.flatMap((policy) => rowsOf(policy, servers)),
        ...servers
          .filter(({ name }) => !used.has(name))
          .map((server): Row => [null, null, null, null, ...cells(server)]),
      ];
    }),
  ],
);

/** A policy may lead to more than one server, in order; those that no policy leads to have rows of their own. */
function rowsOf(
  { occasion, period, tunnelSeconds, servers }: AccessPolicy,
  all: readonly PresenceServer[],
): readonly Row[] {
  return servers.map((name, order) => {
    const server = all.find((one) => one.name === name);
    return [occasion, period ? describePeriod(period) : null, tunnelSeconds, order + 1, ...cells(server)];
  });
}

function cells(server: PresenceServer | undefined): Row {
  return [server?.address ?? null, server?.port ?? null, server?.commonName ?? null, server?.user ?? null];
}
