import { fetchCertificate } from '../../transport/certificate';
import type { PeerCertificate } from '../../transport/tcp';
import type { Endpoint } from '../technology';
import type { AmtOptions } from './options';
import { addressesOf } from './ports';

/** The certificate that the device shows, whether or not anybody trusts it. Nothing when it is reached in clear only. */
export async function fetchAmtCertificate(
  endpoint: Endpoint<AmtOptions>,
  _surroundings: unknown,
  signal: AbortSignal,
): Promise<(PeerCertificate & { readonly port: number }) | undefined> {
  const address = addressesOf(endpoint).find(({ tls }) => tls === 'tls');
  if (!address) return undefined;
  const { host } = endpoint;
  const { port } = address;
  return { ...(await fetchCertificate({ host, port }, signal)), port };
}
