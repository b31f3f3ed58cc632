import type { Technology } from '../technology';
import type { AmtClient } from './client';
import { amtOptions, type AmtOptions } from './options';
import { tlsPort } from './ports';

/** Intel Active Management Technology over WS-Management. */
export const amt: Technology<AmtClient, AmtOptions> = {
  name: 'amt',
  title: 'AMT',
  defaultPort: tlsPort,
  schemes: [
    { name: 'amt', options: {} },
    { name: 'amts', options: { tls: true } },
  ],
  options: amtOptions,
  // What speaks to devices is loaded when the first one is spoken to.
  async open(endpoint, surroundings, signal) {
    const [{ AmtClient }, { connect }] = await Promise.all([import('./client'), import('./connect')]);
    return new AmtClient(endpoint, await connect(endpoint, surroundings, signal), surroundings);
  },
  check: async (...of) => (await import('./check')).checkAmt(...of),
  certificate: async (...of) => (await import('./certificate')).fetchAmtCertificate(...of),
};
