import { agentWatchdogs } from './amt/agentWatchdogs';
import { alertSubscriptions } from './amt/alertSubscriptions';
import { amtCapabilities } from './amt/amtCapabilities';
import { amtGeneralSettings } from './amt/amtGeneralSettings';
import { amtNetworkSettings } from './amt/amtNetworkSettings';
import { redirectionState } from './amt/redirectionState';
import { remoteAccessPolicies } from './amt/remoteAccessPolicies';
import { tlsCertificates } from './amt/tlsCertificates';
import { userConsent } from './amt/userConsent';
import { wakeAlarms } from './amt/wakeAlarms';
import { wirelessProfiles } from './amt/wirelessProfiles';
import { bios } from './general/bios';
import { computerSystem } from './general/computerSystem';
import { firmware } from './general/firmware';
import { summary } from './general/summary';
import { battery } from './hardware/battery';
import { diskDrives } from './hardware/diskDrives';
import { fieldReplaceableUnits } from './hardware/fieldReplaceableUnits';
import { motherboard } from './hardware/motherboard';
import { physicalMemory } from './hardware/physicalMemory';
import { processors } from './hardware/processors';
import { amtEventLog } from './logs/amtEventLog';
import { auditLog } from './logs/auditLog';
import { systemEventLog } from './logs/systemEventLog';
import { networkAdapterConfiguration } from './network/networkAdapterConfiguration';
import { networkAdapters } from './network/networkAdapters';
import { networkFilters } from './network/networkFilters';
import { networkFilterStatistics } from './network/networkFilterStatistics';
import type { Node } from './node';
import { powerCapabilities } from './power/powerCapabilities';
import { powerReading } from './power/powerReading';
import { sensors } from './sensors/sensors';
import { sessions } from './users/sessions';
import { users } from './users/users';

/** All nodes, in the order of the tree. */
export const nodes: readonly Node[] = [
  summary,
  computerSystem,
  bios,
  firmware,
  motherboard,
  processors,
  physicalMemory,
  diskDrives,
  battery,
  fieldReplaceableUnits,
  sensors,
  powerReading,
  powerCapabilities,
  systemEventLog,
  amtEventLog,
  auditLog,
  networkAdapters,
  networkAdapterConfiguration,
  networkFilters,
  networkFilterStatistics,
  amtCapabilities,
  userConsent,
  amtGeneralSettings,
  amtNetworkSettings,
  redirectionState,
  tlsCertificates,
  wirelessProfiles,
  remoteAccessPolicies,
  alertSubscriptions,
  agentWatchdogs,
  wakeAlarms,
  users,
  sessions,
];
