import { SidebandError } from '../../base/errors';

/** Whether nothing there speaks TLS, as opposed to something that is not to be trusted, or whose TLS is too old. */
export function speaksNoTls(
  { code, details }: SidebandError,
  { isPortShared }: { readonly isPortShared: boolean },
): boolean {
  if (code === 'tls.failed') {
    return isPortShared || /WRONG_VERSION_NUMBER|HTTP_REQUEST|UNEXPECTED_MESSAGE/.test(details.deviceCode ?? '');
  }
  return code.startsWith('connect.') || code === 'amt.absent';
}

/** Of two reasons why a device was not reached the one that tells more; both when neither port takes a request. */
export function tellingMore(one: SidebandError, other: SidebandError): SidebandError {
  const further = distance(other) > distance(one) ? other : one;
  const isNeither = one.code.startsWith('connect.') && other.code.startsWith('connect.');
  if (!isNeither || one.message === other.message) return further;
  return new SidebandError(further.code, `${one.message}; ${other.message}`, further.details, further);
}

/** How far it went before it failed. */
function distance({ code }: SidebandError): number {
  if (code === 'amt.absent' || code.startsWith('protocol.')) return 4;
  if (code === 'connect.lost') return 3;
  if (code.startsWith('tls.')) return 2;
  return code === 'connect.timeout' ? 0 : 1;
}
