import { type Deadline, startDeadline } from '../base/deadline';
import { reportError, SidebandError, toSidebandError } from '../base/errors';
import type { Asks, Progress } from '../base/frontend';
import { runPool } from '../base/pool';
import type { Computer } from '../fleet/computer';
import type { TechnologyName } from '../fleet/technologyName';
import { tryInOrder } from './attempts';
import { LoginGuard } from './loginGuard';
import { whileWaiting } from './whileWaiting';
import { type ComputerResult, isSuccess, type Outcome } from './result';

export interface SweepOptions {
  readonly concurrency: number;
  readonly perSite: number;
  /** For each computer, from its first message to its result. */
  readonly timeoutMs: number;
  /** What may be asked of a person. Absent: nobody is there. */
  readonly asks?: Asks | undefined;
  readonly onResult?: (result: ComputerResult) => void;
  readonly onProgress?: (progress: Progress) => void;
}

/** One computer and the ways to try on it, in order. */
export interface SweepItem<Way> {
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

/** Does one thing to many computers side by side. Never rejects for what a computer does; the results are in the items' order. */
export async function sweep<Way extends { readonly technology: TechnologyName }, Item extends SweepItem<Way>>(
  items: readonly Item[],
  act: (item: Item, way: Item['ways'][number], turn: Turn) => Promise<Answer>,
  options: SweepOptions,
  signal: AbortSignal,
): Promise<readonly ComputerResult[]> {
  const results = new Map<Computer, ComputerResult>();
  const isCancelled = (): boolean => signal.aborted;
  const guard = new LoginGuard();
  let failed = 0;

  const limits = {
    concurrency: options.concurrency,
    whileWaiting,
    perKey: { limit: options.perSite, key: ({ computer }: Item) => computer.site },
  };
  await runPool(items, limits, async (item, slot) => {
    const { computer } = item;
    const startedAt = performance.now();
    const answer = await attempt(item, slot.release);
    const ok = isSuccess(answer.outcome);
    const result = { computer: computer.name, ok, durationMs: Math.round(performance.now() - startedAt), ...answer };
    results.set(computer, result);
    if (!ok) failed++;
    options.onResult?.(result);
    options.onProgress?.({ done: results.size, failed, total: items.length });
  });
  return items.flatMap(({ computer }) => results.get(computer) ?? []);

  async function attempt(item: Item, onSilence: () => void): Promise<Partial<ComputerResult> & Answer> {
    const { computer } = item;
    const [first, ...others] = item.ways;
    if (!first)
      return failure(new SidebandError('operation.impossible', item.impossible ?? 'no technology offers this'));
    if (isCancelled()) return failure(cancelled());

    using deadline = startDeadline(signal, options.timeoutMs);
    const turn = { signal: deadline.signal, onSilence, asks: options.asks && patient(options.asks, deadline) };
    const attempted = await tryInOrder([first, ...others], tryOne, deadline.signal);
    const { technology, tried } = attempted;
    const attempts = tried.length > ('error' in attempted ? 1 : 0) ? { tried } : {};
    if (!('error' in attempted)) return { technology, ...attempts, ...attempted.value };

    const error = isCancelled() && attempted.error.effect === 'none' ? cancelled() : attempted.error;
    if (!isOfTheQuestion(error)) computer.see({ ...computer.seen, problem: reportError(error) });
    return { technology, ...attempts, ...failure(error) };

    async function tryOne(way: Item['ways'][number]): Promise<Answer> {
      guard.assertWorthTrying(computer, way.technology);
      try {
        const answer = await act(item, way, turn);
        guard.accepted(computer, way.technology);
        return answer;
      } catch (thrown) {
        const error = named(computer, toSidebandError(thrown));
        guard.failed(computer, way.technology, error);
        throw error;
      }
    }
  }
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

function failure(error: SidebandError): Answer & { readonly error: ComputerResult['error'] & object } {
  const { evidence } = error.details;
  return { outcome: outcomeOf(error), ...(evidence !== undefined && { value: evidence }), error: reportError(error) };
}

function outcomeOf({ code, effect }: SidebandError): Outcome {
  if (effect === 'unknown') return 'unknown';
  if (code === 'run.cancelled') return 'cancelled';
  return code === 'operation.impossible' ? 'skipped' : 'failed';
}
