import { type ErrorDetails, SidebandError } from '../../base/errors';
import type { ErrorCode } from '../../base/errorCodes';

/** Generic completion codes, IPMI v2.0 section 5.2. */
const completionCodes: Readonly<Record<number, readonly [code: ErrorCode, meaning: string]>> = {
  0xc0: ['device.busy', 'node busy'],
  0xc1: ['device.unsupported', 'command not supported'],
  0xc2: ['device.unsupported', 'command not supported for this LUN'],
  0xc3: ['device.busy', 'time-out while processing'],
  0xc4: ['device.refused', 'out of space'],
  0xc5: ['device.refused', 'reservation lost'],
  0xc6: ['device.refused', 'request data truncated'],
  0xc7: ['device.refused', 'request data length invalid'],
  0xc8: ['device.refused', 'request data field length limit exceeded'],
  0xc9: ['device.refused', 'parameter out of range'],
  0xca: ['device.refused', 'cannot return that many bytes'],
  0xcb: ['device.refused', 'requested data not present'],
  0xcc: ['device.refused', 'invalid data field'],
  0xcd: ['device.unsupported', 'command illegal for this sensor or record'],
  0xce: ['device.busy', 'response could not be provided'],
  0xcf: ['device.refused', 'duplicated request'],
  0xd0: ['device.busy', 'SDR repository in update mode'],
  0xd1: ['device.busy', 'device in firmware update mode'],
  0xd2: ['device.busy', 'BMC is initialising'],
  0xd3: ['device.refused', 'destination unavailable'],
  0xd4: ['access.privilege', 'insufficient privilege'],
  0xd5: ['device.state', 'not possible in the present state'],
  0xd6: ['device.unsupported', 'sub-function disabled'],
};

/** The error for a completion code that is not zero. A code that means "not executed" has the effect `none`. */
export function completionError(
  commandName: string,
  completionCode: number,
  details: ErrorDetails = {},
): SidebandError {
  const [code, meaning] = completionCodes[completionCode] ?? (['device.refused', 'refused'] as const);
  const deviceCode = `${completionCode.toString(16).padStart(2, '0')}h`;
  return new SidebandError(code, `${commandName}: ${meaning} (${deviceCode})`, {
    ...details,
    deviceCode,
    completionCode,
  });
}

/** How long to wait before each new attempt after a busy code. */
export const busyWaitsMs: readonly number[] = [200, 500, 1000];

/** Busy codes after which the same request may be sent again, for it was not executed. */
export function isBusy(completionCode: number): boolean {
  return completionCode === 0xc0 || completionCode === 0xd2;
}

/** Codes that do not say whether the command was executed: time-out, response not available, duplicate. */
export function leavesOpen(completionCode: number): boolean {
  return completionCode === 0xc3 || completionCode === 0xce || completionCode === 0xcf;
}
