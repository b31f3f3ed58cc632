import type { AmtDevice } from '../device';
import type { AmtArea, AmtClass } from '../model/amtClass';
import { accounts } from './accounts';
import { alarms } from './alarms';
import { audits } from './auditLog';
import { boot } from './boot';
import { bootReasons } from './bootReason';
import { computer } from './computer';
import { consents } from './consent';
import { eventing } from './eventing';
import { events } from './eventLog';
import { general } from './generalSettings';
import { network } from './network';
import { insides } from './parts';
import { power } from './power';
import { powerSchemes } from './powerScheme';
import { redirection } from './redirection';
import { remoteAccess } from './remoteAccess';
import { screens } from './screens';
import { sessionPorts } from './sessionPorts';
import { setup } from './setup';
import { software } from './software';
import { systemDefense } from './systemDefense';
import { time } from './time';
import { tls } from './tls';
import { watchdogs } from './watchdogs';
import { wireless } from './wireless';

/** Everything that simulated devices have. A new area is one file here and one line below. */
export const areas: readonly AmtArea[] = [
  power,
  powerSchemes,
  boot,
  computer,
  insides,
  software,
  general,
  setup,
  accounts,
  time,
  redirection,
  consents,
  events,
  audits,
  systemDefense,
  eventing,
  network,
  remoteAccess,
  alarms,
  tls,
  wireless,
  watchdogs,
  bootReasons,
  screens,
  sessionPorts,
];

const classes: readonly AmtClass[] = areas.flatMap((area) => area.classes);
const byName = new Map<string, readonly AmtClass[]>();
for (const one of classes) {
  for (const name of [one.name, ...(one.parents ?? [])]) {
    byName.set(name, [...(byName.get(name) ?? []), one]);
  }
}

/**
 * The classes whose instances an enumeration of this class gives: itself and its subclasses, in the order of the areas. None: the
 * device does not have it. A class may come twice, when two areas have instances of it.
 */
export function classesUnder(device: AmtDevice, name: string): readonly AmtClass[] {
  return (byName.get(name) ?? []).filter((one) => one.isThere?.(device) ?? true);
}
