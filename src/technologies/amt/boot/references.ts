import { bootConfigSetting } from '../../../protocols/amt/cim/bootConfigSetting';
import { bootSettingData } from '../../../protocols/amt/cim/bootSettingData';
import { bootSourceSetting } from '../../../protocols/amt/cim/bootSourceSetting';
import type { EndpointReference } from '../../../protocols/wsman/values';

export const bootSettings = {
  resourceUri: bootSettingData.resourceUri,
  selectors: { InstanceID: 'Intel(r) AMT:BootSettingData 0' },
} as const satisfies EndpointReference;

export const bootConfiguration = {
  resourceUri: bootConfigSetting.resourceUri,
  selectors: { InstanceID: 'Intel(r) AMT: Boot Configuration 0' },
} as const satisfies EndpointReference;

export function bootSource(InstanceID: string): EndpointReference {
  return { resourceUri: bootSourceSetting.resourceUri, selectors: { InstanceID } };
}
