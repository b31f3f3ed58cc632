import { amtClass } from '../../wsman/cimClass';
import { interfacePolicy } from '../cimFields';

/** The policy that is in force on a network port outside the home networks. */
export const environmentDetectionInterfacePolicy = amtClass('AMT_EnvironmentDetectionInterfacePolicy', {
  ...interfacePolicy,
});
