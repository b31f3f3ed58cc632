import { cimClass, named, text } from '../../wsman/cimClass';
import { settingData } from '../cimFields';

const failThrough = { 0: 'unknown', 1: 'supported', 2: 'not supported' } as const;

/** What the computer can be made to boot from. */
export const bootSourceSetting = cimClass('CIM_BootSourceSetting', {
  ...settingData,
  BIOSBootString: text,
  BootString: text,
  /** Whether the next source is tried when this one fails. */
  FailThroughSupported: named(failThrough),
  StructuredBootString: text,
});
