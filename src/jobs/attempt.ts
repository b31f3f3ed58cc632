import { type Deadline, startDeadline } from '../base/deadline';
import { reportError, SidebandError, toSidebandError } from '../base/errors';
import type { Asks } from '../base/frontend';
import type { Computer } from '../fleet/computer';
import type { TechnologyName } from '../fleet/technologyName';
import { tryInOrder } from './attempts';
import type { LoginGuard } from './loginGuard';
import type { ComputerResult, Outcome } from './result';

/** One computer and the ways to try on it, in order. */
export interface Candidate<Way> {
  readonly computer: Computer;
  readonly ways: readonly Way[];
  /** Why there is none. */
  readonly impossible?: string;
}

/** What a way came to. */
export interface Answer {
  readonly outcome: Outcome;
  readonly value?: unknown;
  readonly note?: string;
}

export interface Turn {
  readonly signal: AbortSignal;
  /** Lets the next computer begin while this one stays silent. */
  readonly onSilence: () => void;
  /** While a person is asked, the computer's time stands still. */
  readonly asks: Asks | undefined;
}

export interface AttemptOptions {
  /** Shared by all computers of a run. */
  readonly guard: LoginGuard;
  /** From the first message to the result. */
  readonly timeoutMs: number;
  /** What may be asked of a person. Absent: nobody is there. */
  readonly asks?: Asks | undefined;
  readonly onSilence: () => void;
  readonly signal: AbortSignal;
}

/** What trying the ways of a computer came to. */
export type AttemptResult = Answer & Pick<ComputerResult, 'technology' | 'error' | 'tried'>;

/** Tries the ways of one computer in order, within a deadline. Never rejects for what the computer does. */
export async function attempt<Way extends { readonly technology: TechnologyName }>(
  { computer, ways, impossible = 'no technology offers this' }: Candidate<Way>,
  act: (way: Way, turn: Turn) => Promise<Answer>,
  { guard, timeoutMs, asks, onSilence, signal }: AttemptOptions,
): Promise<AttemptResult> {
  const [first, ...others] = ways;
  if (!first) return failure(new SidebandError('operation.impossible', impossible));
  if (signal.aborted) return failure(cancelled());

  using deadline = startDeadline(signal, timeoutMs);
  const turn = { signal: deadline.signal, onSilence, asks: asks && patient(asks, deadline) };
  const attempted = await tryInOrder([first, ...others], tryOne, deadline.signal);
  const { technology, tried } = attempted;
  const attempts = tried.length > ('error' in attempted ? 1 : 0) ? { tried } : {};
  if (!('error' in attempted)) return { technology, ...attempts, ...attempted.value };

  const error = isCancelled() && attempted.error.effect === 'none' ? brokenOff() : attempted.error;
  if (!isOfTheQuestion(error)) computer.see({ ...computer.seen, problem: reportError(error) });
  return { technology, ...attempts, ...failure(error) };

  function isCancelled(): boolean {
    return signal.aborted;
  }

  async function tryOne(way: Way): Promise<Answer> {
    guard.assertWorthTrying(computer, way.technology);
    try {
      const answer = await act(way, turn);
      guard.accepted(computer, way.technology);
      return answer;
    } catch (thrown) {
      const error = named(computer, toSidebandError(thrown));
      guard.failed(computer, way.technology, error);
      throw error;
    }
  }
}

/** What an error makes of a computer. */
export function failure(error: SidebandError): Answer & { readonly error: ComputerResult['error'] & object } {
  const { evidence } = error.details;
  return { outcome: outcomeOf(error), ...(evidence !== undefined && { value: evidence }), error: reportError(error) };
}

/** The same questions, whose answers may take their time. */
function patient({ trust, consentCode }: Asks, deadline: Deadline): Asks {
  return {
    ...(trust && { trust: (question, signal) => deadline.hold(() => trust(question, signal)) }),
    ...(consentCode && { consentCode: (question, signal) => deadline.hold(() => consentCode(question, signal)) }),
  };
}

/** Whether it says nothing about the computer, only about what was asked of it. */
function isOfTheQuestion({ code }: SidebandError): boolean {
  return /^(run|usage|consent)\.|^device\.(unsupported|refused|state)$|^(console\.taken|operation\.impossible)$/.test(
    code,
  );
}

/** What a device did wrong, with the computer's name. */
function named({ name }: Computer, error: SidebandError): SidebandError {
  if (!/^(device|protocol|access|consent)\./.test(error.code) || error.message.startsWith(name)) return error;
  return new SidebandError(error.code, `${name}: ${error.message}`, error.details, error);
}

const cancelled = (): SidebandError => new SidebandError('run.cancelled', 'cancelled before anything was asked of it');
const brokenOff = (): SidebandError => new SidebandError('run.cancelled', 'broken off before anything was changed');

function outcomeOf({ code, effect }: SidebandError): Outcome {
  if (effect === 'unknown') return 'unknown';
  if (code === 'run.cancelled') return 'cancelled';
  return code === 'operation.impossible' ? 'skipped' : 'failed';
}
