import type { ErrorCode } from '../../base/errorCodes';
import { SidebandError } from '../../base/errors';

const refusals: ReadonlyMap<number, readonly [ErrorCode, string]> = new Map([
  [401, ['auth.rejected', 'the device did not accept the login']],
  [403, ['access.privilege', 'the user may not do this']],
  [404, ['device.unsupported', 'the device has no WS-Management service at this path']],
  [405, ['device.unsupported', 'the device has no WS-Management service at this path']],
  [503, ['device.busy', 'the device is busy']],
] satisfies [number, readonly [ErrorCode, string]][]);

/** What Intel AMT answers for some classes that it does not have, with nothing else to tell. */
export function unknownClass(what: string): SidebandError {
  return new SidebandError('device.unsupported', `${what}: the device does not know it (HTTP 400)`, {
    deviceCode: 'HTTP 400',
  });
}

/** Throws for an HTTP status that is no success and came without a SOAP fault. */
export function assertAccepted(status: number, what: string): void {
  if (status >= 200 && status < 300) return;
  const [code, sentence] = refusals.get(status) ?? ['device.refused', 'the device gave no reason'];
  throw new SidebandError(code, `${what}: ${sentence} (HTTP ${status})`, {
    deviceCode: `HTTP ${status}`,
    ...(status >= 500 && status !== 503 && { effect: 'unknown' }),
  });
}
