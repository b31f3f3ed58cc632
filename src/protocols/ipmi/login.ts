import { timingSafeEqual } from 'node:crypto';
import { SidebandError } from '../../base/errors';
import type { CipherSuite } from './cipherSuites';
import type { Exchange } from './exchange';
import { decodeOpenSessionResponse, encodeOpenSessionRequest, type PrivilegeLevel } from './openSession';
import { decodeOpenPacket, type SessionKeys } from './packet';
import { payloadTypes } from './payloadTypes';
import {
  type BmcHalf,
  type ConsoleHalf,
  decodeRakp2,
  decodeRakp4,
  deriveKeys,
  encodeRakp1,
  encodeRakp3,
  rakp2Code,
  rakp4CheckValue,
  sessionIntegrityKey,
} from './rakp';
import { statusError } from './statusCodes';

export interface Login {
  readonly suite: CipherSuite;
  readonly privilege: PrivilegeLevel;
  /** At most 16 bytes. */
  readonly user: Uint8Array;
  /** At most 20 bytes. */
  readonly password: Uint8Array;
  random(length: number): Uint8Array;
}

/** Both ids and the keys of an open session. */
export interface OpenedSession {
  readonly consoleSessionId: number;
  readonly bmcSessionId: number;
  readonly keys: SessionKeys;
}

/** The stages of a login, in order. */
export const loginStages = ['open', 'rakp1', 'rakp3'] as const;
export type LoginStage = (typeof loginStages)[number];

/**
 * Opens a session: Open Session, then RAKP messages 1 to 4, IPMI v2.0 section 13.15. Retransmissions are identical. An error
 * carries the stage in `details.stage`. `onHalfOpen` hears of the keys before the BMC's last word, so that a session whose last
 * answer was lost can still be closed.
 */
export async function logIn(
  exchange: Exchange,
  login: Login,
  signal: AbortSignal,
  onHalfOpen: (session: OpenedSession) => void,
): Promise<OpenedSession> {
  const half = await openSession(exchange, login, signal);
  const bmc = await exchangeNonces(exchange, half, signal);
  const sik = sessionIntegrityKey(half, bmc);
  const { consoleSessionId, bmcSessionId } = half;
  const session = { consoleSessionId, bmcSessionId, keys: deriveKeys(half.suite, sik) };
  onHalfOpen(session);
  await confirm(exchange, { half, bmc, sik }, signal);
  return session;
}

async function openSession(exchange: Exchange, login: Login, signal: AbortSignal): Promise<ConsoleHalf> {
  const [tag = 0, a = 0, b = 0, c = 0, d = 0, ...nonce] = login.random(5 + 16);
  const consoleSessionId = ((a | (b << 8) | (c << 16) | (d << 24)) >>> 0) || 1;
  const { suite, privilege } = login;
  const datagram = encodeOpenSessionRequest({ tag, privilege, consoleSessionId, suite });
  const bmcSessionId = await exchange.ask(
    {
      name: 'RMCP+ Open Session',
      datagram: () => datagram,
      accept(received) {
        const payload = payloadOf(received, payloadTypes.openSessionResponse);
        const response = payload && decodeOpenSessionResponse(payload);
        if (response?.tag !== tag) return undefined;
        // Some controllers leave the id out of an error.
        if (response.status !== 0) throw stageError('open', 'RMCP+ Open Session', response.status);
        return response.consoleSessionId === consoleSessionId ? response.bmcSessionId : undefined;
      },
    },
    signal,
  );
  const { user, password } = login;
  return { tag, suite, consoleSessionId, bmcSessionId, nonce: Uint8Array.from(nonce), privilege, user, password };
}

async function exchangeNonces(exchange: Exchange, half: ConsoleHalf, signal: AbortSignal): Promise<BmcHalf> {
  const datagram = encodeRakp1(half);
  return exchange.ask(
    {
      name: 'RAKP message 1',
      datagram: () => datagram,
      accept(received) {
        const payload = payloadOf(received, payloadTypes.rakp2);
        if (!payload || payload[0] !== half.tag) return undefined;
        const { status, consoleSessionId, bmc } = decodeRakp2(payload, half.suite);
        if (consoleSessionId !== half.consoleSessionId) return undefined;
        if (!bmc) throw stageError('rakp1', 'RAKP message 2', status);
        if (!isEqual(rakp2Code(half, bmc), bmc.code)) {
          const message = 'the password does not fit the controller’s answer (RAKP message 2)';
          throw new SidebandError('auth.rejected', message, { stage: 'rakp1' satisfies LoginStage });
        }
        return bmc;
      },
    },
    signal,
  );
}

async function confirm(
  exchange: Exchange,
  { half, bmc, sik }: { readonly half: ConsoleHalf; readonly bmc: BmcHalf; readonly sik: Uint8Array },
  signal: AbortSignal,
): Promise<void> {
  const datagram = encodeRakp3(half, bmc);
  const expected = rakp4CheckValue(half, bmc, sik);
  await exchange.ask(
    {
      name: 'RAKP message 3',
      datagram: () => datagram,
      accept(received) {
        const payload = payloadOf(received, payloadTypes.rakp4);
        if (!payload || payload[0] !== half.tag) return undefined;
        const { status, consoleSessionId, checkValue } = decodeRakp4(payload, half.suite);
        if (consoleSessionId !== half.consoleSessionId) return undefined;
        if (!checkValue) throw stageError('rakp3', 'RAKP message 4', status);
        if (isEqual(expected, checkValue)) return true;
        const message = 'the controller’s proof does not verify (RAKP message 4)';
        throw new SidebandError('ipmi.bmc-key', message, { stage: 'rakp3' satisfies LoginStage });
      },
    },
    signal,
  );
}

function payloadOf(datagram: Uint8Array, payloadType: number): Uint8Array | undefined {
  const packet = decodeOpenPacket(datagram);
  return packet?.payloadType === payloadType ? packet.payload : undefined;
}

function stageError(stage: LoginStage, messageName: string, status: number): SidebandError {
  const error = statusError(messageName, status);
  return new SidebandError(error.code, error.message, { ...error.details, stage });
}

function isEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
