import { cimClass, integer, named } from '../../wsman/cimClass';
import { serviceKeys } from '../cimFields';

const kvmProtocols = { 0: 'unknown', 1: 'other', 2: 'raw', 3: 'RDP', 4: 'VNC-RFB' } as const;

/** Remote control of screen, keyboard and mouse; absent where the device has none. */
export const kvmRedirectionSap = cimClass('CIM_KVMRedirectionSAP', {
  ...serviceKeys,
  KVMProtocol: named(kvmProtocols),
  MaxCurrentEnabledSAPs: integer,
});
