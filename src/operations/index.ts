import { alertsUpdate } from './alerts/alertsUpdate';
import { amtRead } from './amt/read';
import { bootOverride } from './boot/override';
import { consoleScript } from './console/consoleScript';
import { bmcReset } from './controller/bmcReset';
import { identify } from './identify/identify';
import { selClear } from './logs/selClear';
import { networkFilter } from './network/filter';
import { networkFilterExport } from './network/filterExport';
import type { Operation } from './operation';
import { powerCycle } from './power/cycle';
import { powerHibernate } from './power/hibernate';
import { powerNmi } from './power/nmi';
import { powerOff } from './power/off';
import { powerOn } from './power/on';
import { powerReset } from './power/reset';
import { powerRestorePolicy } from './power/restorePolicy';
import { powerSleep } from './power/sleep';
import { powerStatus } from './power/status';
import { userSetPassword } from './users/setPassword';

/** All operations, in the order in which menus and help show them. */
export const operations: readonly Operation[] = [
  powerStatus,
  powerOn,
  powerOff,
  powerCycle,
  powerReset,
  powerSleep,
  powerHibernate,
  powerNmi,
  bootOverride,
  powerRestorePolicy,
  identify,
  consoleScript,
  selClear,
  userSetPassword,
  networkFilter,
  networkFilterExport,
  alertsUpdate,
  bmcReset,
  amtRead,
];
