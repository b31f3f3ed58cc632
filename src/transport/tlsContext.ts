import { constants, createHash } from 'node:crypto';
import { createSecureContext, type SecureContext, type SecureContextOptions } from 'node:tls';
import { SidebandError } from '../base/errors';
import type { TlsPolicy } from './tcp';

const suites13 = 'TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256';
/** Forward secrecy first. AMT 12 to 15 offers key exchange by RSA alone: the last line is for it. */
const suites12 = [
  'ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305:DHE-RSA-AES128-GCM-SHA256:DHE-RSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES128-SHA256:ECDHE-RSA-AES256-SHA384:ECDHE-RSA-AES128-SHA:ECDHE-RSA-AES256-SHA',
  'AES128-GCM-SHA256:AES256-GCM-SHA384:AES128-SHA256:AES256-SHA256:AES128-SHA:AES256-SHA',
].join(':');
const modern: SecureContextOptions = { minVersion: 'TLSv1.2', ciphers: `${suites13}:${suites12}` };
const legacy: SecureContextOptions = {
  minVersion: 'TLSv1',
  ciphers: `${suites13}:${suites12}:ALL:!aNULL:!eNULL`,
  secureOptions: constants.SSL_OP_LEGACY_SERVER_CONNECT | constants.SSL_OP_ALLOW_UNSAFE_LEGACY_RENEGOTIATION,
};
/** OpenSSL refuses small keys and SHA-1 unless it is told otherwise; BoringSSL, in desktop editors, does not know the word. */
const anySecurityLevel = ':@SECLEVEL=0';
/** Reading authorities and keys takes a hundred times longer than looking a context up. */
const keptAtMost = 64;
const kept = new Map<string, SecureContext>();

/** What a handshake by this policy needs, shared by all that follow the same one. Throws `tls.failed` for a key that cannot be used. */
export function contextFor(policy: TlsPolicy): SecureContext {
  const key = keyOf(policy);
  let context = kept.get(key);
  if (!context) {
    context = create(policy);
    const [oldest] = kept.keys();
    if (kept.size >= keptAtMost && oldest !== undefined) kept.delete(oldest);
    kept.set(key, context);
  }
  return context;
}

function create(policy: TlsPolicy): SecureContext {
  const { trust, client } = policy;
  const options: SecureContextOptions = {
    ...(policy.legacy ? legacy : modern),
    ...(trust.kind === 'ca' && trust.authorities.length > 0 && { ca: [...trust.authorities] }),
    // The certificate is judged by its pin alone, so no authority need be read.
    ...(trust.kind === 'pin' && { ca: [] }),
    ...(client && { cert: client.certificate, key: client.key.reveal() }),
  };
  if (!policy.legacy) return createOrExplain(options);
  try {
    return createSecureContext({ ...options, ciphers: `${options.ciphers ?? ''}${anySecurityLevel}` });
  } catch {
    return createOrExplain(options);
  }
}

function createOrExplain(options: SecureContextOptions): SecureContext {
  try {
    return createSecureContext(options);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    const hint =
      'Check the files that `ca`, `certificate` and `key` in the profile name: they hold PEM, and the key no passphrase.';
    throw new SidebandError('tls.failed', `the certificates of the profile cannot be used (${code})`, { hint }, error);
  }
}

function keyOf({ trust, legacy, client }: TlsPolicy): string {
  const authorities = trust.kind === 'ca' ? trust.authorities : trust.kind;
  if (!client && trust.kind === 'pin') return `pin ${legacy}`;
  const secret = client && [client.certificate, client.key.reveal()];
  return createHash('sha256')
    .update(JSON.stringify([authorities, legacy, secret]))
    .digest('base64');
}
