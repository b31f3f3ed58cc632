import { SidebandError, toSidebandError } from '../../base/errors';
import { type CipherSuite, cipherSuites } from './cipherSuites';
import { askAgain, type Exchange } from './exchange';
import { decodeOpenSessionResponse, encodeOpenSessionRequest, type Login } from './openSession';
import { payloadOf } from './packet';
import { payloadTypes } from './payloadTypes';
import { encodeRakp3Refusal } from './rakp';
import { statuses, statusError } from './statusCodes';

const name = 'RMCP+ Open Session';
/** After the second vain attempt with the first suite another one has its turn soon, for some controllers ignore what they do not know. */
const waitsMs = [300, 300, 600, 1000, 1000, 1000, 800];

/** One Open Session Request. */
interface Offer {
  readonly suite: CipherSuite;
  readonly tag: number;
  readonly consoleSessionId: number;
  /** Not wanted, but sent to tell a controller that ignores the wanted suite from one that answers nothing. */
  readonly onlyToLearn: boolean;
}

/** What was agreed on. */
export interface Agreement {
  readonly tag: number;
  readonly suite: CipherSuite;
  readonly consoleSessionId: number;
  readonly bmcSessionId: number;
}

/**
 * RMCP+ Open Session, IPMI v2.0 sections 13.17 and 13.18, with the first suite that the controller takes. Retransmissions are
 * identical. Rejects with `ipmi.cipher` when all wanted suites are refused or ignored while another one would be taken.
 */
export async function agreeOnSuite(exchange: Exchange, login: Login, signal: AbortSignal): Promise<Agreement> {
  const [, first = 0] = login.random(2);
  const others = [cipherSuites[17], cipherSuites[3]].filter((suite) => !login.suites.includes(suite));
  const offers = [...login.suites, ...others].map((suite, index) => {
    const tag = (first + index) & 0xff;
    const consoleSessionId = randomId(login);
    return { suite, tag, consoleSessionId, onlyToLearn: index >= login.suites.length };
  });
  const encode = (offer: Offer): Uint8Array => encodeOpenSessionRequest({ ...offer, privilege: login.privilege });
  let taken: CipherSuite | undefined;
  let busy: SidebandError | undefined;
  const remove = (offer: Offer): void => void offers.splice(offers.indexOf(offer), 1);

  try {
    return await exchange.ask<Agreement>(
      {
        name,
        waitsMs,
        datagram(transmission) {
          const offer = turnOf(offers, transmission);
          if (!offer.onlyToLearn) return encode(offer);
          exchange.sendAside(encode(offer));
          return encode(turnOf(offers, 0));
        },
        accept(received) {
          const payload = payloadOf(received, payloadTypes.openSessionResponse);
          const response = payload && decodeOpenSessionResponse(payload);
          const offer = offers.find(({ tag, consoleSessionId }) => {
            return response?.tag === tag && response.consoleSessionId === consoleSessionId;
          });
          if (!response || !offer) return undefined;
          const { suite, tag, consoleSessionId, onlyToLearn } = offer;
          const { bmcSessionId } = response;
          if (onlyToLearn) {
            remove(offer);
            if (bmcSessionId === undefined) return undefined;
            taken = suite;
            exchange.sendAside(encodeRakp3Refusal({ tag, bmcSessionId }, statuses.insufficientResources));
            return undefined;
          }
          if (bmcSessionId !== undefined) return { tag, suite, consoleSessionId, bmcSessionId };
          const error = statusError(name, response.status, { stage: 'open' });
          if (error.code === 'ipmi.busy' && exchange.transmissions > 1) {
            // What takes the place may be a session that our own earlier request began.
            busy = error;
            return undefined;
          }
          remove(offer);
          if (error.code !== 'ipmi.cipher' || offers.every((other) => other.onlyToLearn)) throw error;
          return askAgain;
        },
      },
      signal,
    );
  } catch (thrown) {
    if (toSidebandError(thrown).code !== 'connect.timeout') throw thrown;
    if (busy) throw busy;
    if (!taken) throw thrown;
    const wanted = login.suites.map(({ id }) => id).join(' or ');
    const message = `the controller ignores cipher suite ${wanted}, but takes ${taken.id}`;
    throw new SidebandError('ipmi.cipher', message, { stage: 'open' }, thrown);
  }
}

/** The first offer twice, then in turn with the others. */
function turnOf(offers: readonly Offer[], transmission: number): Offer {
  const others = offers.length - 1;
  const index = transmission < 2 || transmission % 2 === 1 || others === 0 ? 0 : 1 + ((transmission / 2 - 1) % others);
  const offer = offers[index];
  if (!offer) throw new SidebandError('internal.bug', 'no cipher suite to offer');
  return offer;
}

/** A session id that is not zero. */
function randomId({ random }: Login): number {
  const bytes = random(4);
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true) || 1;
}

/** Tells the controller to forget the session that a repeated Open Session Request has begun beside the one in use. */
export function refuseSpare(exchange: Exchange, received: Uint8Array, inUse: Agreement): void {
  const payload = payloadOf(received, payloadTypes.openSessionResponse);
  if (payload?.[0] !== inUse.tag) return;
  const { tag, consoleSessionId, bmcSessionId } = decodeOpenSessionResponse(payload);
  if (consoleSessionId !== inUse.consoleSessionId || bmcSessionId === undefined || bmcSessionId === inUse.bmcSessionId)
    return;
  exchange.sendAside(encodeRakp3Refusal({ tag, bmcSessionId }, statuses.insufficientResources));
}
