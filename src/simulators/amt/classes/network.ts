import type { AmtArea } from '../model/amtClass';
import { environmentDetection } from './network/environmentDetection';
import { ethernetPortSettings } from './network/ethernetPorts';
import { ipv6Enabled, ipv6PortSettings } from './network/ipv6';

/** Addresses and links of the management engine, and where it takes itself to be. */
export const network: AmtArea = {
  classes: [ethernetPortSettings, ipv6PortSettings, ipv6Enabled, environmentDetection],
};
