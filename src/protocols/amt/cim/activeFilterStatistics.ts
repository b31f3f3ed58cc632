import { amtClass, boolean, datetime, integer } from '../../wsman/cimClass';
import { interfacePolicy } from '../cimFields';

/** How often a filter has matched on a network port (`Antecedent`); the filter is two references deep in `Dependent`. */
export const activeFilterStatistics = amtClass('AMT_ActiveFilterStatistics', {
  ...interfacePolicy,
  ActivationTime: datetime,
  FilterMatched: boolean,
  LastResetTime: datetime,
  /** Since the last reset, 32 bits wide. */
  ReadCount: integer,
});
