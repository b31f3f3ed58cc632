import { amtClass, datetime, integer, named, text } from '../../wsman/cimClass';
import { enabled } from '../cimFields';

const overwritePolicies = { 0: 'unknown', 2: 'wraps when full', 7: 'never overwrites' } as const;
const storagePolicies = { 0: 'no roll over', 1: 'roll over', 2: 'restricted roll over' } as const;

/** What the security auditor sees. Its records come from `ReadRecords`. */
export const auditLog = amtClass('AMT_AuditLog', {
  ...enabled,
  /** Bits: 1 disabled, 2 locked, 4 almost full, 8 full, 16 no signing key. */
  AuditState: integer,
  CurrentNumberOfRecords: integer,
  InstanceID: text,
  MaxAllowedAuditors: integer,
  /** 0: there is no fixed limit. */
  MaxNumberOfRecords: integer,
  /** Days; of restricted roll over. */
  MinDaysToKeep: integer,
  OverwritePolicy: named(overwritePolicies),
  PercentageFree: integer,
  StoragePolicy: named(storagePolicies),
  TimeOfLastRecord: datetime,
});
