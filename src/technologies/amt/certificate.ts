import { fetchCertificate } from '../../transport/certificate';
import type { PeerCertificate } from '../../transport/tcp';
import type { Endpoint, Surroundings } from '../technology';
import { tlsPolicy } from '../tls';
import type { AmtOptions } from './options';
import { addressesOf } from './ports';

/** The certificate that the device shows, whether or not anybody trusts it. Nothing when it is reached in clear only. */
export async function fetchAmtCertificate(
  endpoint: Endpoint<AmtOptions>,
  surroundings: Surroundings,
  signal: AbortSignal,
): Promise<(PeerCertificate & { readonly port: number }) | undefined> {
  const { host, options } = endpoint;
  const address = addressesOf(endpoint, surroundings.pins).find(({ tls }) => tls === 'tls');
  if (!address) return undefined;
  const { port } = address;
  const tls = await tlsPolicy(options, surroundings, { host, port });
  return { ...(await fetchCertificate({ host, port, tls }, signal)), port };
}
