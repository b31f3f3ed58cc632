import { readActiveSessions } from '../../technologies/ipmi/activeSessions';
import { ipmi } from '../../technologies/ipmi/ipmi';
import { defineNode } from '../node';

export const sessions = defineNode(
  {
    id: 'sessions',
    title: 'Sessions',
    description: 'Who is logged in to the controller at the moment, and from where.',
    path: ['Users'],
    kind: 'audit',
    columns: ['Session', 'User', 'Name', 'Privilege', 'Channel', 'Protocol', 'Address', 'Port', 'Own'],
  },
  (from) => [
    from(ipmi, async (client, { signal }) => {
      const active = await readActiveSessions(client, signal);
      return active.map(({ handle, user, name, privilege, channel, protocol, address, port, own }) => [
        ...[handle, user, name, privilege, channel, protocol, address ?? null, port ?? null, own],
      ]);
    }),
  ],
);
