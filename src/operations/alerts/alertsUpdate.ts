import { ipmi } from '../../technologies/ipmi/ipmi';
import { defineOperation } from '../operation';
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
    secrets: ({ communityOf, passwordOf }) => [communityOf, passwordOf].filter((profile) => profile !== undefined),
    then: describeWanted,
  },
  (via) => [via(ipmi, ipmiAlerts, isTrapSubscription)],
);

function isTrapSubscription({ protocol, action }: AlertParameters): boolean {
  return protocol === 'snmp' && action === 'subscribe';
}

function describeWanted({ protocol, action, address = '', url = '' }: AlertParameters): string {
  if (action === 'remove-all') return 'none';
  const target = protocol === 'snmp' ? address : url;
  return action === 'subscribe' ? target : `not ${target}`;
}
