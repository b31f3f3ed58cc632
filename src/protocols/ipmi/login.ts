import { timingSafeEqual } from 'node:crypto';
import { SidebandError, toSidebandError } from '../../base/errors';
import type { CipherSuite } from './cipherSuites';
import { askAgain, type Exchange, patientBackOff } from './exchange';
import { agreeOnSuite, refuseSpare } from './offers';
import type { Login } from './openSession';
import { payloadOf, type SessionKeys } from './packet';
import { payloadTypes } from './payloadTypes';
import {
  type BmcHalf,
  type ConsoleHalf,
  decodeRakp2,
  decodeRakp4,
  deriveKeys,
  encodeRakp1,
  encodeRakp3,
  encodeRakp3Refusal,
  rakp2Code,
  rakp4CheckValue,
  sessionIntegrityKey,
} from './rakp';
import { statuses, statusError } from './statusCodes';

/** How long to wait for RAKP messages, in each attempt: slow controllers take longer over them than over anything else. */
const rakpWaitsMs: readonly number[] = [300, 800, 1600];

/** Both ids and the keys of an open session. */
export interface OpenedSession {
  readonly consoleSessionId: number;
  readonly bmcSessionId: number;
  readonly keys: SessionKeys;
}

/** The stages of a login, in order. */
export type LoginStage = 'open' | 'rakp1' | 'rakp3';

/** What the login needs of the session that it opens. */
export interface LoginHooks {
  /** The controller may have opened this session, or with nothing, certainly has not. */
  onHalfOpen(session: OpenedSession | undefined): void;
  /** A harmless request inside the session. */
  probe(): Uint8Array;
  /** Whether the datagram is the answer to the probe, which proves that the session is open. */
  acceptsProbe(datagram: Uint8Array): boolean;
}

/** Opens a session: Open Session, then RAKP messages 1 to 4, IPMI v2.0 section 13.15. An error carries the stage in `details.stage`. */
export async function logIn(
  exchange: Exchange,
  login: Login,
  hooks: LoginHooks,
  signal: AbortSignal,
): Promise<CipherSuite> {
  for (let attempt = 0; ; attempt++) {
    try {
      const half = await beginLogin(exchange, login, signal);
      await exchangeKeys(exchange, { ...half, waitMs: rakpWaitsMs[attempt] ?? 0 }, hooks, signal);
      return half.suite;
    } catch (thrown) {
      const isOutOfStep = toSidebandError(thrown).details.outOfStep === true;
      if (!isOutOfStep || attempt + 1 === rakpWaitsMs.length) throw thrown;
    }
  }
}

async function beginLogin(exchange: Exchange, login: Login, signal: AbortSignal): Promise<ConsoleHalf> {
  const agreement = await agreeOnSuite(exchange, login, signal);
  const { user, password, privilege } = login;
  return { ...agreement, nonce: login.random(16), privilege, user, password };
}

/** `waitMs` is how long a first transmission waits at least. */
type Attempt = ConsoleHalf & { readonly waitMs: number };

async function exchangeKeys(exchange: Exchange, half: Attempt, hooks: LoginHooks, signal: AbortSignal): Promise<void> {
  let bmc: BmcHalf;
  try {
    bmc = await exchangeNonces(exchange, half, signal);
  } catch (thrown) {
    const { code, details } = toSidebandError(thrown);
    // Without keys the half-open session cannot be closed, but the controller can be told that nobody will use it.
    if (details.deviceCode === undefined) {
      const why = code === 'auth.rejected' ? statuses.invalidCheckValue : statuses.insufficientResources;
      exchange.sendAside(encodeRakp3Refusal(half, why));
    }
    throw thrown;
  }
  const mayBeOutOfStep = exchange.transmissions > 1;
  try {
    await confirm(exchange, { half, bmc, mayBeOutOfStep }, hooks, signal);
  } catch (thrown) {
    if (toSidebandError(thrown).details.deviceCode !== undefined) hooks.onHalfOpen(undefined);
    throw thrown;
  }
}

async function exchangeNonces(exchange: Exchange, half: Attempt, signal: AbortSignal): Promise<BmcHalf> {
  const datagram = encodeRakp1(half);
  const { waitMs } = half;
  return exchange.ask(
    {
      name: 'RAKP message 1',
      waitsMs: patientBackOff(waitMs, exchange.waitMs),
      datagram: () => datagram,
      accept(received) {
        const answer = readRakp2(received, half);
        if (!answer) {
          refuseSpare(exchange, received, half);
          return undefined;
        }
        if (!answer.bmc) throw statusError('RAKP message 2', answer.status, { stage: 'rakp1' satisfies LoginStage });
        if (isEqual(rakp2Code(half, answer.bmc), answer.bmc.code)) return answer.bmc;
        const message = 'the password does not fit the controller’s answer (RAKP message 2)';
        throw new SidebandError('auth.rejected', message, { stage: 'rakp1' satisfies LoginStage });
      },
    },
    signal,
  );
}

interface Confirmation {
  readonly half: Attempt;
  readonly bmc: BmcHalf;
  /** RAKP message 1 was sent more than once, so the controller may have drawn another random number than the one in use. */
  readonly mayBeOutOfStep: boolean;
}

async function confirm(
  exchange: Exchange,
  { half, bmc, mayBeOutOfStep }: Confirmation,
  hooks: LoginHooks,
  signal: AbortSignal,
): Promise<void> {
  const candidates: Candidate[] = [];
  const { waitMs } = half;
  const use = (answer: BmcHalf): void => {
    const candidate = candidateOf(half, answer);
    candidates.unshift(candidate);
    hooks.onHalfOpen(candidate.session);
  };
  use(bmc);
  await exchange.ask<true>(
    {
      name: 'RAKP message 3',
      waitsMs: patientBackOff(waitMs, exchange.waitMs),
      datagram(transmission) {
        // If RAKP message 4 was lost the session is open, and the controller may take no second RAKP message 3.
        if (transmission > 0) exchange.sendAside(hooks.probe());
        return encodeRakp3(half, candidates[0]?.bmc ?? bmc);
      },
      accept(received) {
        if (hooks.acceptsProbe(received)) return true;
        const again = mayBeOutOfStep ? readRakp2(received, half)?.bmc : undefined;
        if (
          again &&
          isEqual(rakp2Code(half, again), again.code) &&
          !candidates.some((known) => isEqual(known.bmc.nonce, again.nonce))
        ) {
          use(again);
          return askAgain;
        }
        const payload = payloadOf(received, payloadTypes.rakp4);
        if (payload?.[0] !== half.tag) return undefined;
        const answer = decodeRakp4(payload, half.suite);
        const { checkValue } = answer;
        if (answer.consoleSessionId !== half.consoleSessionId) return undefined;
        if (!checkValue) {
          // The answer to a repetition: the session may well be open, which the probe finds out.
          if (isUnknownSession(answer.status) && exchange.transmissions > 1 && exchange.transmissions < 4)
            return undefined;
          throw rakp4Error(answer.status, mayBeOutOfStep || exchange.transmissions > 1);
        }
        const proven = candidates.find((candidate) => isEqual(candidate.checkValue, checkValue));
        if (!proven) {
          const message = 'the controller’s proof does not verify (RAKP message 4)';
          throw new SidebandError('ipmi.bmc-key', message, { stage: 'rakp3' satisfies LoginStage });
        }
        hooks.onHalfOpen(proven.session);
        return true;
      },
    },
    signal,
  );
}

/** The keys that follow from one RAKP message 2. */
interface Candidate {
  readonly bmc: BmcHalf;
  readonly checkValue: Uint8Array;
  readonly session: OpenedSession;
}

function candidateOf(half: ConsoleHalf, bmc: BmcHalf): Candidate {
  const sik = sessionIntegrityKey(half, bmc);
  const { consoleSessionId, bmcSessionId, suite } = half;
  const session = { consoleSessionId, bmcSessionId, keys: deriveKeys(suite, sik) };
  return { bmc, checkValue: rakp4CheckValue(half, bmc, sik), session };
}

function readRakp2(datagram: Uint8Array, half: ConsoleHalf): ReturnType<typeof decodeRakp2> | undefined {
  const payload = payloadOf(datagram, payloadTypes.rakp2);
  if (payload?.[0] !== half.tag) return undefined;
  const answer = decodeRakp2(payload, half.suite);
  return answer.consoleSessionId === half.consoleSessionId ? answer : undefined;
}

/** After a retransmission some refusals say only that both sides are out of step, which a login from the beginning cures. */
function rakp4Error(code: number, mayBeOutOfStep: boolean): SidebandError {
  const outOfStep = mayBeOutOfStep && (code === statuses.invalidCheckValue || isUnknownSession(code));
  return statusError('RAKP message 4', code, { stage: 'rakp3' satisfies LoginStage, ...(outOfStep && { outOfStep }) });
}

function isUnknownSession(code: number): boolean {
  return code === statuses.invalidSessionId || code === statuses.inactiveSessionId;
}

function isEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
