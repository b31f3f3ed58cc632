import { alertsUpdate } from './alerts/alertsUpdate';
import { amtAlarm } from './amt/alarm';
import { amtEnvironment } from './amt/environment';
import { amtNetwork } from './amt/network';
import { amtRead } from './amt/read';
import { amtRemoteAccess } from './amt/remoteAccess';
import { amtSettings } from './amt/settings';
import { amtTimeSync } from './amt/timeSync';
import { amtTls } from './amt/tls';
import { amtUnconfigure } from './amt/unconfigure';
import { amtConsent } from './amt/consent';
import { amtWatchdogs } from './amt/watchdogs';
import { amtWireless } from './amt/wireless';
import { bootOverride } from './boot/override';
import { consoleScript } from './console/consoleScript';
import { bmcReset } from './controller/bmcReset';
import { identify } from './identify/identify';
import { inventoryRead } from './inventory/read';
import { logClear } from './logs/logClear';
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
import { powerRestore } from './power/restore';
import { powerRestorePolicy } from './power/restorePolicy';
import { powerSleep } from './power/sleep';
import { powerStatus } from './power/status';
import { userSetPassword } from './users/setPassword';
import { waitFor } from './wait/for';

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
  amtConsent,
  powerRestorePolicy,
  powerRestore,
  waitFor,
  identify,
  inventoryRead,
  consoleScript,
  selClear,
  logClear,
  userSetPassword,
  networkFilter,
  networkFilterExport,
  alertsUpdate,
  amtSettings,
  amtNetwork,
  amtWireless,
  amtRemoteAccess,
  amtWatchdogs,
  amtEnvironment,
  amtTls,
  amtAlarm,
  amtTimeSync,
  amtUnconfigure,
  bmcReset,
  amtRead,
];

/** What people do by itself; the others are steps of jobs alone. */
export const directOperations: readonly Operation[] = operations.filter(
  ({ followUp, forJobs }) => !followUp && !forJobs,
);
