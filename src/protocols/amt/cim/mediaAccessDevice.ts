import { boolean, cimClass, integer, list, named, text } from '../../wsman/cimClass';
import { logicalDevice } from '../cimFields';

const capabilities = {
  0: 'unknown',
  1: 'other',
  2: 'sequential access',
  3: 'random access',
  4: 'supports writing',
  5: 'encryption',
  6: 'compression',
  7: 'supports removable media',
  8: 'manual cleaning',
  9: 'automatic cleaning',
  10: 'SMART notification',
  11: 'supports dual-sided media',
  12: 'predismount eject not required',
} as const;
const securities = {
  1: 'other',
  2: 'unknown',
  3: 'none',
  4: 'read only',
  5: 'locked out',
  6: 'boot bypass',
  7: 'boot bypass and read only',
} as const;

/** A drive of the computer. */
export const mediaAccessDevice = cimClass('CIM_MediaAccessDevice', {
  ...logicalDevice,
  Capabilities: list(named(capabilities)),
  CapabilityDescriptions: list(text),
  /** Bytes. */
  DefaultBlockSize: integer,
  ErrorMethodology: text,
  /** Bytes. */
  MaxBlockSize: integer,
  /** Kilobytes of 1000 bytes. */
  MaxMediaSize: integer,
  /** Bytes. */
  MinBlockSize: integer,
  NeedsCleaning: boolean,
  Security: named(securities),
});
