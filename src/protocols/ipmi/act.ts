import { ByteReader } from '../../base/bytes';
import { SidebandError, toSidebandError } from '../../base/errors';
import { sleep } from '../../base/sleep';
import type { Answer, Channel, Request } from './channel';
import type { IpmiCommand } from './command';
import { setSessionPrivilegeLevel } from './commands/setSessionPrivilegeLevel';
import { busyWaitsMs, completionError, isBusy, leavesOpen } from './completionCodes';
import { judge, judgeCount, type StateEvidence, type Verdict } from './evidence';
import type { Exchange } from './exchange';
import { privilegeLevels } from './openSession';
import { distance } from './sequenceWindow';

/** A controller may take its time over an act. */
const actWaitsMs = [1000];
const mostTransmissions = 8;
const settlingAttempts = 12;
/** Twice the width of the window against replays: so far back no controller takes a number any more. */
const outOfWindow = 32;

/** Runs a command that may be repeated. */
export type Read = <Input, Output>(
  command: IpmiCommand<Input, Output>,
  input: Input,
  signal: AbortSignal,
) => Promise<Output>;

/** How to find out whether an act has happened when its answer is lost. */
export interface Proof {
  /** `idempotent`: asking again is harmless as long as the state is unchanged. `once`: never. */
  readonly kind: 'idempotent' | 'once';
  readState(read: Read, signal: AbortSignal): Promise<StateEvidence>;
}

export interface Act<Input> {
  readonly command: IpmiCommand<Input, void>;
  readonly input: Input;
  readonly proof: Proof;
}

/** What an act needs of its session. */
export interface ActHooks {
  readonly channel: Channel;
  readonly exchange: Exchange;
  readonly read: Read;
  /** Raises the session to the privilege of the login. Resolves with whether the session is above user level. */
  readonly raise: () => Promise<boolean>;
  /** The session may have been lowered to user level. */
  readonly onLowered: () => void;
  readonly trace: (line: () => string) => void;
}

/**
 * Runs a command that must not happen twice. It is sent again only when it is known not to have happened, and then as the same
 * datagram, which a controller that did get it drops as a replay. Resolves with whether the controller confirmed it; rejects with
 * the effect `unknown` when nobody knows.
 */
export async function runOnce<Input>(
  { command, input, proof }: Act<Input>,
  hooks: ActHooks,
  signal: AbortSignal,
): Promise<{ readonly confirmed: boolean }> {
  const { channel } = hooks;
  let request = channel.request(command, input);
  let datagram: Uint8Array | undefined;
  let sealedAs = 0;
  for (let transmission = 0, busy = 0; transmission < mostTransmissions; transmission++) {
    const canCount = (await hooks.raise()) && proof.kind === 'once' && (await settle(hooks, signal));
    // A controller that lost the act cannot take the old datagram from so far back, nor can it still arrive by another way.
    if (channel.number - sealedAs > outOfWindow) datagram = undefined;
    if (!datagram) {
      datagram = channel.seal(request);
      sealedAs = channel.number;
    }
    const verdict = await transmit({ request, datagram, proof, canCount }, hooks, signal);
    if (verdict === 'happened') return { confirmed: true };
    if (verdict === 'answered') return { confirmed: false };
    if (verdict === 'unclear') throw mayHaveHappened(command.name);
    if (verdict !== 'not-happened') {
      const busyWaitMs = isBusy(verdict.completionCode) ? busyWaitsMs[busy++] : undefined;
      if (busyWaitMs === undefined) {
        if (verdict.completionCode === 0) return { confirmed: true };
        const error = completionError(command.name, verdict.completionCode);
        if (!leavesOpen(verdict.completionCode)) throw error;
        if (await isStateChanged(proof, hooks, signal)) return { confirmed: true };
        throw mayHaveHappened(command.name, error);
      }
      await sleep(busyWaitMs, signal);
    }
    if (verdict !== 'not-happened' || proof.kind === 'idempotent') {
      request = channel.request(command, input);
      datagram = undefined;
    }
  }
  throw new SidebandError('connect.lost', `${command.name} never reached the controller`);
}

interface Transmission {
  readonly request: Request;
  readonly datagram: Uint8Array;
  readonly proof: Proof;
  /** Whether the controller's sequence numbers speak of this act alone. */
  readonly canCount: boolean;
}

/** Sends once. Gives the answer, or what became of the act without one. */
async function transmit(
  { request, datagram, proof, canCount }: Transmission,
  hooks: ActHooks,
  signal: AbortSignal,
): Promise<Answer | Verdict> {
  const { channel, exchange } = hooks;
  const { name } = request.command;
  const before = channel.highest;
  channel.keepAnswerTo(request);
  const late = channel.lateAnswer();
  if (late) return late;
  signal.throwIfAborted();
  if (exchange.ended) throw exchange.ended;
  try {
    const accept = (received: Uint8Array): Answer | undefined => channel.open(received, [request]);
    return await exchange.ask<Answer>({ name, waitsMs: actWaitsMs, datagram: () => datagram, accept }, signal);
  } catch (thrown) {
    const error = toSidebandError(thrown);
    if (error.code !== 'connect.lost') throw mayHaveHappened(name, error);
  }
  try {
    hooks.trace(() => `no answer to ${name}: finding out whether it happened`);
    const counted = canCount ? await countAnswers(before, hooks, signal) : 'unclear';
    const state = counted === 'not-happened' ? 'unclear' : await proof.readState(hooks.read, signal);
    const verdict = channel.lateAnswer() ?? judge(counted, state);
    hooks.trace(() => `${name}: ${typeof verdict === 'string' ? verdict : 'answered late'}`);
    return verdict;
  } catch (thrown) {
    throw mayHaveHappened(name, toSidebandError(thrown));
  }
}

/** Asks until no earlier answer can be on its way. Gives whether the controller numbers its answers without gaps. */
async function settle({ channel, exchange }: ActHooks, signal: AbortSignal): Promise<boolean> {
  const isReady = (): boolean => channel.settled && channel.numbering === 'gapless';
  for (let attempt = 0; attempt < settlingAttempts && !isReady() && channel.numbering !== 'erratic'; attempt++) {
    await channel.ask(exchange, channel.request(setSessionPrivilegeLevel, undefined), signal);
  }
  return isReady();
}

/**
 * Finds out from the controller's sequence numbers whether it answered an act. What is asked for that leaves a trace in the session,
 * its privilege level, so that a question without an answer does not blur the count.
 */
async function countAnswers(
  before: number,
  { channel, exchange, onLowered }: ActHooks,
  signal: AbortSignal,
): Promise<Exclude<Verdict, 'happened'>> {
  const lower = channel.request(setSessionPrivilegeLevel, 'user');
  const look = channel.request(setSessionPrivilegeLevel, undefined);
  onLowered();
  const answer = await exchange.ask<Answer>(
    {
      name: 'Set Session Privilege Level',
      datagram: (transmission) => channel.seal(transmission === 0 ? lower : look),
      accept: (datagram) => channel.open(datagram, [lower, look]),
    },
    signal,
  );
  const missing = distance(before, answer.number) - 1;
  if (answer.sequence === lower.sequence) return judgeCount({ missing, atLeast: 0, atMost: 0 });
  const looks = exchange.transmissions - 1;
  if (answer.completionCode !== 0) return judgeCount({ missing, atLeast: 0, atMost: looks });

  const isLowered = setSessionPrivilegeLevel.decode(new ByteReader(answer.data)) === privilegeLevels.user;
  const lowered = isLowered ? 1 : 0;
  const verdict = judgeCount({ missing, atLeast: lowered, atMost: lowered + looks - 1 });
  if (verdict !== 'answered' || isLowered) return verdict;
  // A controller that refuses to lower the level would have answered as well.
  const { completionCode } = await channel.ask(exchange, lower, signal);
  return completionCode === 0 ? verdict : 'unclear';
}

async function isStateChanged(proof: Proof, { read }: ActHooks, signal: AbortSignal): Promise<boolean> {
  try {
    return (await proof.readState(read, signal)) === 'happened';
  } catch {
    return false;
  }
}

function mayHaveHappened(name: string, cause?: SidebandError): SidebandError {
  const why = cause ? `: ${cause.message}` : '';
  const message = `no answer to ${name}; it may have happened${why}`;
  return new SidebandError(cause?.code ?? 'connect.lost', message, { effect: 'unknown' }, cause);
}
