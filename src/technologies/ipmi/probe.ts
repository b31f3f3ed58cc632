import { ByteReader } from '../../base/bytes';
import { toSidebandError } from '../../base/errors';
import {
  type AuthenticationCapabilities,
  getChannelAuthenticationCapabilities,
} from '../../protocols/ipmi/commands/getChannelAuthenticationCapabilities';
import { decodeResponse, encodeRequest } from '../../protocols/ipmi/message';
import { unwrapOutsideSession, wrapOutsideSession } from '../../protocols/ipmi/outsideSession';
import { decodePresencePong, encodePresencePing, type Pong } from '../../protocols/ipmi/rmcp';
import type { KnockResult, UdpEndpoint, UdpTransport } from '../../transport/udp';

/** What a controller says of itself before anybody logs in. */
export interface Probe {
  readonly pong: Pong | undefined;
  readonly capabilities: AuthenticationCapabilities | undefined;
  /** What became of the datagrams themselves. */
  readonly knocks: readonly KnockResult[];
}

/** Presence ping and Get Channel Authentication Capabilities side by side: many controllers answer one of them only. */
export async function probeIpmi(udp: UdpTransport, to: UdpEndpoint, waitMs: number, signal: AbortSignal): Promise<Probe> {
  const command = getChannelAuthenticationCapabilities;
  const request = wrapOutsideSession(encodeRequest({ ...command, sequence: 0, data: command.encode('user') }));
  const [ping, ask] = await Promise.all([
    udp.knock(encodePresencePing(0), to, waitMs, signal),
    udp.knock(request, to, waitMs, signal),
  ]);
  return { pong: read(ping, decodePresencePong), capabilities: read(ask, decodeCapabilities), knocks: [ping, ask] };
}

function decodeCapabilities(datagram: Uint8Array): AuthenticationCapabilities | undefined {
  const message = unwrapOutsideSession(datagram);
  if (!message) return undefined;
  const { completionCode, data } = decodeResponse(message);
  // Old controllers refuse the bit that asks for IPMI 2.0 data.
  if (completionCode !== 0) return { ipmi2: false, ipmi15: true, bmcKey: false };
  return getChannelAuthenticationCapabilities.decode(new ByteReader(data));
}

function read<T>(knock: KnockResult, decode: (datagram: Uint8Array) => T | undefined): T | undefined {
  if (knock.kind !== 'answer') return undefined;
  try {
    return decode(knock.datagram);
  } catch (thrown) {
    if (toSidebandError(thrown).code.startsWith('protocol.')) return undefined;
    throw thrown;
  }
}
