import { SidebandError, toSidebandError } from '../base/errors';

/** The error with the computer's name before its message. */
export function named(computer: string, thrown: unknown): SidebandError {
  const error = toSidebandError(thrown);
  if (error.message.startsWith(`${computer}: `)) return error;
  return new SidebandError(error.code, `${computer}: ${error.message}`, error.details, error);
}
