import { ByteReader, concatBytes } from '../../base/bytes';
import { toSidebandError } from '../../base/errors';
import type { IpmiCommand } from '../../protocols/ipmi/command';
import {
  type AuthenticationCapabilities,
  getChannelAuthenticationCapabilities,
} from '../../protocols/ipmi/commands/getChannelAuthenticationCapabilities';
import {
  cipherSuitePageLength,
  getChannelCipherSuites,
  parseCipherSuites,
} from '../../protocols/ipmi/commands/getChannelCipherSuites';
import { decodeResponse, encodeRequest, type IpmiResponse } from '../../protocols/ipmi/message';
import { unwrapOutsideSession, wrapOutsideSession } from '../../protocols/ipmi/outsideSession';
import { decodePresencePong, encodePresencePing, type Pong } from '../../protocols/ipmi/rmcp';
import type { KnockResult, UdpEndpoint, UdpTransport } from '../../transport/udp';

/** How long the slower of two questions may take once the other one is answered. */
const secondAnswerMs = 300;
const cipherSuitesWaitMs = 1000;
const mostCipherSuitePages = 4;

/** What a controller says of itself before anybody logs in. */
export interface Probe {
  readonly pong: Pong | undefined;
  readonly capabilities: AuthenticationCapabilities | undefined;
  /** What became of the datagrams themselves. */
  readonly knocks: readonly KnockResult[];
}

/** Presence ping and Get Channel Authentication Capabilities side by side: many controllers answer one of them only. */
export async function probeIpmi(
  udp: UdpTransport,
  to: UdpEndpoint,
  waitMs: number,
  signal: AbortSignal,
): Promise<Probe> {
  const enough = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const stop = (): void => {
    enough.abort();
  };
  const ask = async (datagram: Uint8Array): Promise<KnockResult> => {
    try {
      const result = await udp.knock(datagram, to, waitMs, enough.signal);
      if (result.kind === 'answer') timer ??= setTimeout(stop, secondAnswerMs);
      return result;
    } catch (thrown) {
      if (signal.aborted || !enough.signal.aborted) throw thrown;
      return { kind: 'silent' };
    }
  };
  signal.throwIfAborted();
  signal.addEventListener('abort', stop, { once: true });
  try {
    const capabilities = requestOutsideSession(getChannelAuthenticationCapabilities, 'user');
    const knocks = await Promise.all([ask(encodePresencePing(0)), ask(capabilities)]);
    return { pong: read(knocks[0], decodePresencePong), capabilities: read(knocks[1], decodeCapabilities), knocks };
  } catch (thrown) {
    throw signal.aborted ? signal.reason : thrown;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  }
}

/** The cipher suites that the controller lists; none when it keeps them to itself. */
export async function readCipherSuites(
  udp: UdpTransport,
  to: UdpEndpoint,
  signal: AbortSignal,
): Promise<readonly number[]> {
  let records: Uint8Array = new Uint8Array(0);
  for (let page = 0; page < mostCipherSuitePages; page++) {
    const request = requestOutsideSession(getChannelCipherSuites, page);
    const answer = read(await udp.knock(request, to, cipherSuitesWaitMs, signal), decodeOutsideSession);
    if (answer?.command !== getChannelCipherSuites.command || answer.completionCode !== 0) break;
    const part = getChannelCipherSuites.decode(new ByteReader(answer.data));
    records = concatBytes(records, part);
    if (part.length < cipherSuitePageLength) break;
  }
  return parseCipherSuites(records);
}

function requestOutsideSession<Input>(command: IpmiCommand<Input, unknown>, input: Input): Uint8Array {
  const { netFn, command: number } = command;
  return wrapOutsideSession(encodeRequest({ netFn, command: number, sequence: 0, data: command.encode(input) }));
}

function decodeOutsideSession(datagram: Uint8Array): IpmiResponse | undefined {
  const message = unwrapOutsideSession(datagram);
  return message && decodeResponse(message);
}

function decodeCapabilities(datagram: Uint8Array): AuthenticationCapabilities | undefined {
  const answer = decodeOutsideSession(datagram);
  if (answer?.command !== getChannelAuthenticationCapabilities.command) return undefined;
  // Old controllers refuse the bit that asks for IPMI 2.0 data.
  if (answer.completionCode !== 0) return { ipmi2: false, ipmi15: true, bmcKey: false };
  return getChannelAuthenticationCapabilities.decode(new ByteReader(answer.data));
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
