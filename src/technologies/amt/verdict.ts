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

/** Of two reasons why a device was not reached the one that tells more; both when they tell the same. */
export function tellingMore(one: SidebandError, other: SidebandError): SidebandError {
  if (one.code === other.code && one.message !== other.message && one.code.startsWith('connect.')) {
    return new SidebandError(one.code, `${one.message}; ${other.message}`, one.details, one);
  }
  return distance(other) > distance(one) ? other : one;
}

/** How far it went before it failed. */
function distance({ code }: SidebandError): number {
  if (code === 'amt.absent' || code.startsWith('protocol.')) return 4;
  if (code === 'connect.lost') return 3;
  if (code.startsWith('tls.')) return 2;
  return code === 'connect.timeout' ? 0 : 1;
}
