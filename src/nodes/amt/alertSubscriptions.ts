import { amt } from '../../technologies/amt/amt';
import { readEventSubscriptions, withoutLogin } from '../../technologies/amt/eventSubscriptions';
import { readTrapSubscribers } from '../../technologies/amt/trapSubscribers';
import { defineNode, type Row } from '../node';

export const alertSubscriptions = defineNode(
  {
    id: 'alert-subscriptions',
    title: 'Alert Subscriptions',
    description: 'Whom Intel AMT tells of events: collectors of WS-Eventing messages and of SNMP traps.',
    path: ['AMT'],
    kind: 'audit',
    columns: ['Protocol', 'Destination', 'Events', 'Delivery'],
    key: ['Protocol', 'Destination', 'Events'],
    volatile: [],
  },
  (from) => [
    from(amt, async (client, { signal }) => {
      const subscriptions = await readEventSubscriptions(client, signal);
      const subscribers = await readTrapSubscribers(client, signal);
      return [
        ...subscriptions.map(({ destination, filter, delivery }): Row => [
          'WS-Eventing',
          withoutLogin(destination),
          filter,
          delivery,
        ]),
        ...subscribers.map(({ address, policy }): Row => ['SNMP', address, `policy ${policy}`, 'trap']),
      ];
    }),
  ],
);
