import { amtClass, base64, datetime, integer, named, text } from '../../wsman/cimClass';
import { logicalDevice } from '../cimFields';

export const watchdogStates = { 1: 'not started', 2: 'stopped', 4: 'running', 8: 'expired', 16: 'suspended' } as const;

/** Watches a program of the operating system, which must show itself from time to time. */
export const agentPresenceWatchdog = amtClass('AMT_AgentPresenceWatchdog', {
  ...logicalDevice,
  CurrentState: named(watchdogStates),
  /** The program's GUID, in the mixed byte order of Windows. */
  DeviceID: base64,
  ActionOnExpiration: integer,
  MonitoredEntity: integer,
  MonitoredEntityDescription: text,
  MonitoredEntityOnLastExpiration: integer,
  /** Seconds until its first sign. */
  StartupInterval: integer,
  TimeOfLastExpiration: datetime,
  /** Seconds between two signs. */
  TimeoutInterval: integer,
  TimerResolution: integer,
});
