import { amt } from '../../technologies/amt/amt';
import { readEventSubscriptions } from '../../technologies/amt/eventSubscriptions';
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
        ...subscriptions.map((one): Row => ['WS-Eventing', one.destination, one.filter, one.delivery]),
        ...subscribers.map(({ address, policy }): Row => ['SNMP', address, `policy ${policy}`, 'trap']),
      ];
    }),
  ],
);
