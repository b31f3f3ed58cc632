import type { Technology } from '../technology';
import { checkIpmi } from './check';
import { IpmiClient } from './client';
import { connect } from './connect';
import { ipmiOptions, type IpmiOptions } from './options';
import { openSolConsole } from './sol';

/** IPMI 2.0 over LAN, to a baseboard management controller. */
export const ipmi: Technology<IpmiClient, IpmiOptions> = {
  name: 'ipmi',
  title: 'IPMI',
  defaultPort: 623,
  schemes: [{ name: 'ipmi', options: {} }],
  options: ipmiOptions,
  async open(endpoint, surroundings, signal) {
    return new IpmiClient(endpoint, await connect(endpoint, surroundings, signal), surroundings.cache);
  },
  check: checkIpmi,
  openConsole: openSolConsole,
};
