import { amt } from '../../technologies/amt/amt';
import { describeTraps } from '../../technologies/amt/trapSubscribers';
import { ipmi } from '../../technologies/ipmi/ipmi';
import { defineOperation } from '../operation';
import { amtEvents, describeWantedEvents } from './amtEvents';
import { amtTraps } from './amtTraps';
import { ipmiAlerts } from './ipmiAlerts';
import { type AlertParameters, alertParameters } from './parameters';

export const alertsUpdate = defineOperation(
  {
    id: 'alerts.update',
    title: 'Update Alerts',
    description:
      'Has the controller send its alerts to an address, as SNMP traps or as WS-Eventing messages, or no longer.',
    danger: 'disruptive',
    kind: 'change',
    repeatable: true,
    parameters: alertParameters,
    example: { address: '10.0.4.2' },
    secrets: ({ communityOf, passwordOf }) => [communityOf, passwordOf].filter((profile) => profile !== undefined),
    then: describeWanted,
    warnings: ({ action, removeForeign }) =>
      action === 'remove-all' || removeForeign ? ['Other collectors are no longer told of anything.'] : [],
  },
  (via) => [
    via(ipmi, ipmiAlerts, ({ protocol, action }) => protocol === 'snmp' && action === 'subscribe'),
    via(amt, amtTraps, ({ protocol }) => protocol === 'snmp'),
    via(amt, amtEvents, ({ protocol }) => protocol === 'ws-eventing'),
  ],
);

function describeWanted(given: AlertParameters): string {
  const { protocol, action, address = '', url = '', policy } = given;
  if (action === 'remove-all') return 'none';
  if (action === 'unsubscribe') return `not ${protocol === 'snmp' ? address : url}`;
  return protocol === 'snmp' ? describeTraps({ address, policy }) : describeWantedEvents(given);
}
