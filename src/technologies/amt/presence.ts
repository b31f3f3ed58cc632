import { toSidebandError } from '../../base/errors';
import { type AmtPong, decodeAmtPong } from '../../protocols/amt/presencePong';
import { decodePresencePong, encodePresencePing } from '../../protocols/ipmi/rmcp';
import type { UdpTransport } from '../../transport/udp';

const rmcpPort = 623;

/** What answers a presence ping: Intel AMT, something else that speaks RMCP, or nothing. */
export type Presence =
  { readonly kind: 'amt'; readonly pong: AmtPong } | { readonly kind: 'other' } | { readonly kind: 'silent' };

/** Asks for a presence pong, ASF 2.0 section 3.2.4.2, which devices can be told not to give. Never rejects. */
export async function readPresence(
  udp: UdpTransport,
  address: string,
  { waitMs, signal }: { readonly waitMs: number; readonly signal: AbortSignal },
): Promise<Presence> {
  try {
    const knocked = await udp.knock(encodePresencePing(0), { address, port: rmcpPort }, waitMs, signal);
    if (knocked.kind !== 'answer') return { kind: 'silent' };
    const pong = decodeAmtPong(knocked.datagram);
    if (pong) return { kind: 'amt', pong };
    return { kind: decodePresencePong(knocked.datagram) ? 'other' : 'silent' };
  } catch (thrown) {
    // A pong that is too short, or the end of the wait.
    return { kind: toSidebandError(thrown).code.startsWith('protocol.') ? 'other' : 'silent' };
  }
}
