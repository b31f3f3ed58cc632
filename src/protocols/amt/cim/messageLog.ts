import { amtClass, boolean, datetime, integer, interval, list, named, text } from '../../wsman/cimClass';
import { enabled } from '../cimFields';

const capabilities = {
  0: 'unknown',
  1: 'other',
  2: 'write record',
  3: 'delete record',
  4: 'move backward',
  5: 'freeze log',
  6: 'clear log',
  7: 'move to a record by number',
  8: 'variable length records',
  9: 'variable formats',
} as const;
const characterSets = {
  0: 'unknown',
  1: 'other',
  2: 'ASCII',
  3: 'Unicode',
  4: 'ISO 2022',
  5: 'ISO 8859',
  6: 'extended UNIX code',
  7: 'UTF-8',
  8: 'UCS-2',
  9: 'bit mapped',
  10: 'octet string',
} as const;
const lastChanges = { 0: 'unknown', 1: 'add', 2: 'delete', 3: 'modify', 4: 'log cleared' } as const;
const logStates = { 2: 'normal', 3: 'erasing', 4: 'not applicable' } as const;
const overwritePolicies = { 0: 'unknown', 2: 'wraps when full', 7: 'never overwrites' } as const;

/** The event log. Its records come from `PositionToFirstRecord` and `GetRecords`. */
export const messageLog = amtClass('AMT_MessageLog', {
  ...enabled,
  Capabilities: list(named(capabilities)),
  CapabilitiesDescriptions: list(text),
  CharacterSet: named(characterSets),
  CreationClassName: text,
  CurrentNumberOfRecords: integer,
  HeaderFormat: text,
  IsFrozen: boolean,
  LastChange: named(lastChanges),
  LogState: named(logStates),
  /** Bytes; 0 not known. */
  MaxLogSize: integer,
  MaxNumberOfRecords: integer,
  /** Bytes. */
  MaxRecordSize: integer,
  OtherPolicyDescription: text,
  OverwritePolicy: named(overwritePolicies),
  PercentageNearFull: integer,
  RecordHeaderFormat: text,
  RecordLastChanged: integer,
  SizeOfHeader: integer,
  SizeOfRecordHeader: integer,
  TimeOfLastChange: datetime,
  TimeWhenOutdated: interval,
});
