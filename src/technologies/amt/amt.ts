import type { Technology } from '../technology';
import { fetchAmtCertificate } from './certificate';
import { checkAmt } from './check';
import { AmtClient } from './client';
import { connect } from './connect';
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
  async open(endpoint, surroundings, signal) {
    return new AmtClient(endpoint, await connect(endpoint, surroundings, signal), surroundings);
  },
  check: checkAmt,
  certificate: fetchAmtCertificate,
};
