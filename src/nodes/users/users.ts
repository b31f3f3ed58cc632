import { ipmi } from '../../technologies/ipmi/ipmi';
import { readUsers } from '../../technologies/ipmi/users';
import { defineNode } from '../node';

export const users = defineNode(
  {
    id: 'users',
    title: 'Users',
    description: 'The users of the controller, and what they may do on each LAN channel.',
    path: ['Users'],
    kind: 'audit',
    columns: ['Id', 'Name', 'Channel', 'Enabled', 'Privilege', 'Messaging', 'Link authentication', 'Callback only'],
    key: ['Id', 'Channel'],
    volatile: [],
  },
  (from) => [
    from(ipmi, async (client, { signal }) => {
      const all = await readUsers(client, signal);
      return all.map(({ id, name, channel, enabled, privilege, messaging, linkAuthentication, callbackOnly }) => [
        ...[id, name, channel, enabled ?? null, privilege, messaging, linkAuthentication, callbackOnly],
      ]);
    }),
  ],
);
