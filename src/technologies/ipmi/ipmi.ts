import type { Technology } from '../technology';
import type { IpmiClient } from './client';
import { ipmiOptions, type IpmiOptions } from './options';

/** IPMI 2.0 over LAN, to a baseboard management controller. */
export const ipmi: Technology<IpmiClient, IpmiOptions> = {
  name: 'ipmi',
  title: 'IPMI',
  defaultPort: 623,
  schemes: [{ name: 'ipmi', options: {} }],
  options: ipmiOptions,
  // What speaks to controllers is loaded when the first one is spoken to.
  async open(endpoint, surroundings, signal) {
    const [{ IpmiClient }, { connect }] = await Promise.all([import('./client'), import('./connect')]);
    return new IpmiClient(endpoint, await connect(endpoint, surroundings, signal), surroundings.cache);
  },
  check: async (...of) => (await import('./check')).checkIpmi(...of),
  openConsole: async (...of) => (await import('./sol')).openSolConsole(...of),
};
