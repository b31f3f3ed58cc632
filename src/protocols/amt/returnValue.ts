import type { ErrorCode } from '../../base/errorCodes';
import { SidebandError } from '../../base/errors';
import type { Instance } from '../wsman/instance';
import { type ReturnValues, statusValues } from './returnValues';

/**
 * Gives the output back when its ReturnValue is 0. Otherwise throws what the number means, by default as PT_STATUS: `what` names the
 * method, `details.deviceCode` is the number with its name. A method without a ReturnValue breaks the standard: `protocol.invalid`.
 */
export function assertCompleted(output: Instance, what: string, values: ReturnValues = statusValues): Instance {
  const digits = output.text('ReturnValue')?.trim() ?? '';
  if (!/^\d{1,10}$/.test(digits)) {
    throw new SidebandError('protocol.invalid', `${what}: the output has no ReturnValue`, { effect: 'unknown' });
  }
  const number = Number(digits);
  if (number === 0) return output;
  const { name, code, words, isOpen } = values[number] ?? {};
  const deviceCode = `${number} ${name ?? 'UNKNOWN'}`;
  const message = `${what}: ${words ?? 'the device refused it'} (${deviceCode})`;
  throw new SidebandError(code ?? usualCode, message, {
    deviceCode,
    ...(isOpen && { effect: 'unknown', hint: 'Look at the present state before it is done again.' }),
  });
}

const usualCode: ErrorCode = 'device.refused';
