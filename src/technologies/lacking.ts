import { toSidebandError } from '../base/errors';

/** Whether a device said that it does not have what it was asked for. */
export function isDeviceLacking(thrown: unknown): boolean {
  return toSidebandError(thrown).code === 'device.unsupported';
}
