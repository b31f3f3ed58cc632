import { SidebandError, toSidebandError } from '../../base/errors';
import type { IpmiCommand } from '../../protocols/ipmi/command';
import { leavesOpen } from '../../protocols/ipmi/completionCodes';
import type { IpmiClient } from './client';

/** Runs a command that changes a setting and may be repeated. Rejects with the effect `unknown` when nobody knows whether it did. */
export async function change<Input, Output>(
  client: IpmiClient,
  command: IpmiCommand<Input, Output>,
  input: Input,
  signal: AbortSignal,
): Promise<Output> {
  signal.throwIfAborted();
  try {
    return await client.run(command, input, signal);
  } catch (thrown) {
    const error = toSidebandError(thrown);
    const isRefused = /^(device|access)\./.test(error.code) && !leavesOpen(Number(error.details.completionCode));
    if (isRefused) throw error;
    const message = `${error.message}; the setting may have been changed`;
    throw new SidebandError(error.code, message, { ...error.details, effect: 'unknown' }, error);
  }
}
