import { onDidRaise, raise } from '../alerts';
import type { AmtArea } from '../model/amtClass';
import { deliveries } from './eventing/delivery';
import {
  eventManagerService,
  petCapabilities,
  petFilterForTarget,
  petFilterSetting,
  snmpSubscriber,
} from './eventing/pet';
import { platformAlert } from './eventing/platformAlerts';
import { filterCollection, subscriptionClass } from './eventing/subscribe';
import { listenerDestination } from './eventing/subscriptions';
import { eventLog } from './eventLog';

/** Whom a device tells of what happens: subscribers of WS-Eventing, and those of SNMP traps. */
export const eventing: AmtArea = {
  classes: [
    filterCollection,
    listenerDestination,
    subscriptionClass,
    eventManagerService,
    petFilterSetting,
    petFilterForTarget,
    petCapabilities,
    snmpSubscriber,
  ],
  start(device) {
    onDidRaise(device, (alert) => {
      deliveries(device).add(alert);
    });
    eventLog(device).onDidAdd((event) => {
      const alert = platformAlert(event);
      if (alert) raise(device, alert);
    });
  },
};
