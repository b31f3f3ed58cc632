import { amtClass, list, named, text } from '../../wsman/cimClass';
import { settingData } from '../cimFields';

const detectionAlgorithms = { 0: 'local domains', 1: 'remote URLs' } as const;

/** In which networks the device is at home. Outside all of them it closes its ports and can only be reached through CIRA. */
export const environmentDetectionSettingData = amtClass('AMT_EnvironmentDetectionSettingData', {
  ...settingData,
  DetectionAlgorithm: named(detectionAlgorithms),
  DetectionIPv6LocalPrefixes: list(text),
  /** DNS suffixes of the home networks; none: everywhere is home. */
  DetectionStrings: list(text),
});
