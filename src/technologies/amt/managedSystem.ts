import { cimUri } from '../../protocols/wsman/cimClass';
import type { EndpointReference } from '../../protocols/wsman/values';

/** The host computer, as opposed to the management engine itself. */
export const managedSystem: EndpointReference = {
  resourceUri: cimUri('CIM_ComputerSystem'),
  selectors: { CreationClassName: 'CIM_ComputerSystem', Name: 'ManagedSystem' },
};
