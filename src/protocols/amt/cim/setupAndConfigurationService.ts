import { amtClass, base64, boolean, named, text } from '../../wsman/cimClass';
import { serviceKeys } from '../cimFields';

const passwordModels = { 0: 'management engine and MEBx', 1: 'both the same', 2: 'separate' } as const;
const provisioningModes = {
  0: 'none',
  1: 'admin control',
  2: 'local',
  3: 'small business',
  4: 'client control',
} as const;
const provisioningStates = { 0: 'not provisioned', 1: 'being provisioned', 2: 'provisioned' } as const;

/** Whether and how the device is provisioned: `CommitChanges`, `Unprovision`, `GetUuid`. */
export const setupAndConfigurationService = amtClass('AMT_SetupAndConfigurationService', {
  ...serviceKeys,
  ConfigurationServerFQDN: text,
  PasswordModel: named(passwordModels),
  ProvisioningMode: named(provisioningModes),
  ProvisioningServerOTP: base64,
  ProvisioningState: named(provisioningStates),
  Started: boolean,
  ZeroTouchConfigurationEnabled: boolean,
});
