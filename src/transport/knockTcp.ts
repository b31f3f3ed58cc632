import { startDeadline } from '../base/deadline';
import { SidebandError } from '../base/errors';
import type { TcpEndpoint } from './tcp';
import { placeOf } from './tcpErrors';
import { openTcp } from './tcpSocket';

/** The system repeats a lost packet after 1 s, and again after 2 s more. */
const knockMs = 3000;

/** Connects and closes again, without a byte. Rejects with `dns.failed`, `connect.*` or the signal's reason. */
export async function knockTcp(to: TcpEndpoint, signal: AbortSignal): Promise<void> {
  using deadline = startDeadline(signal, knockMs);
  try {
    await using _ = await openTcp(to, { listener: deaf, signal: deadline.signal });
  } catch (thrown) {
    if (signal.aborted || !deadline.signal.aborted) throw thrown;
    throw new SidebandError('connect.timeout', `nothing answers on ${placeOf(to)}`, {}, thrown);
  }
}

const deaf = { received: () => undefined, closed: () => undefined };
