import { amtClass, boolean, datetime, integer, reference } from '../../wsman/cimClass';

/** How often a filter has matched on a network port (`Antecedent`); the filter is two references deep in `Dependent`. */
export const activeFilterStatistics = amtClass('AMT_ActiveFilterStatistics', {
  ActivationTime: datetime,
  Antecedent: reference,
  Dependent: reference,
  FilterMatched: boolean,
  LastResetTime: datetime,
  /** Since the last reset, 32 bits wide. */
  ReadCount: integer,
});
