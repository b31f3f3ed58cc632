import { amtClass, boolean, named } from '../../wsman/cimClass';
import { serviceKeys } from '../cimFields';

const localSync = { 0: 'default (enabled)', 1: 'enabled by the user', 2: 'disabled by the user' } as const;
const timeSources = { 0: 'BIOS', 1: 'configured' } as const;

/** The device's clock: `GetLowAccuracyTimeSynch`, `SetHighAccuracyTimeSynch`. */
export const timeSynchronizationService = amtClass('AMT_TimeSynchronizationService', {
  ...serviceKeys,
  LocalTimeSyncEnabled: named(localSync),
  Started: boolean,
  TimeSource: named(timeSources),
});
