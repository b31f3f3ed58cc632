import { toSidebandError } from '../../base/errors';

/** The answer, or something else where the controller refuses: it may not have what it was asked for. */
export async function ifRefused<T, Instead>(asked: Promise<T>, instead: Instead): Promise<T | Instead> {
  try {
    return await asked;
  } catch (thrown) {
    const error = toSidebandError(thrown);
    if (error.code.startsWith('device.')) return instead;
    throw error;
  }
}
