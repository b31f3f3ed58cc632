import { startDeadline } from '../../base/deadline';
import { formatDuration } from '../../base/duration';
import { SidebandError, toSidebandError } from '../../base/errors';
import { sleep } from '../../base/sleep';
import type { StepResult } from '../operation';

/** What one look came to. */
export interface Sight {
  readonly isSo: boolean;
  /** In words: `off`. */
  readonly seen: string;
  /** What the result says of it. */
  readonly value?: Readonly<Record<string, unknown>>;
  /** What the error keeps of it when the time is up. */
  readonly evidence?: unknown;
}

type Look = (signal: AbortSignal) => Promise<Sight>;

export interface WaitOptions {
  /** What is waited for, in words: `power on`. */
  readonly goal: string;
  readonly timeoutMs: number;
  readonly everyMs: number;
  readonly signal: AbortSignal;
  /** Called once when the first look was in vain or takes long, so that nobody else needs to wait for this computer. */
  readonly onSilence?: (() => void) | undefined;
}

/**
 * Looks again and again until it is so. A computer that does not answer is waited for; what waiting does not mend ends it at once.
 * Rejects with `operation.timeout` and what was seen last.
 */
export async function waitUntil(look: Look, options: WaitOptions): Promise<StepResult> {
  const { everyMs, timeoutMs, signal, onSilence } = options;
  const startedAt = performance.now();
  const patience = setTimeout(() => onSilence?.(), everyMs);
  using deadline = startDeadline(signal, timeoutMs);
  let last: Sight = { isSo: false, seen: 'nothing' };
  try {
    for (;;) {
      last = await lookOnce(look, last, deadline.signal);
      if (last.isSo) break;
      await sleep(everyMs, deadline.signal);
    }
  } catch (thrown) {
    if (!isTimeUp(deadline.signal)) throw thrown;
    throw timeUp(last, options, signal.aborted ? performance.now() - startedAt : timeoutMs);
  } finally {
    clearTimeout(patience);
  }
  return { outcome: 'done', value: { ...last.value, waitedMs: Math.round(performance.now() - startedAt) } };
}

/** A look that was cut short by the end of the time leaves what was seen before it. */
async function lookOnce(look: Look, last: Sight, signal: AbortSignal): Promise<Sight> {
  try {
    return await look(signal);
  } catch (thrown) {
    const error = toSidebandError(thrown);
    if (signal.aborted) return last;
    if (mayPass(error)) return { isSo: false, seen: error.message };
    throw error;
  }
}

/** Whether the computer may yet come: it does not answer, or is still starting. A refused login locks accounts when it is repeated. */
export function mayPass({ code }: SidebandError): boolean {
  return /^((dns|connect|protocol)\..*|(ipmi|device)\.busy|(ipmi|amt)\.absent|tls\.failed)$/.test(code);
}

/** Our own time, or that of the whole step. */
function isTimeUp({ aborted, reason }: AbortSignal): boolean {
  return aborted && reason instanceof SidebandError && reason.code === 'operation.timeout';
}

function timeUp({ seen, evidence }: Sight, { goal }: WaitOptions, waitedMs: number): SidebandError {
  return new SidebandError('operation.timeout', `waited ${formatDuration(waitedMs)} for ${goal}; seen last: ${seen}`, {
    hint: 'Raise `timeout`, or see with `sideband check` what stands in the way.',
    ...(evidence !== undefined && { evidence }),
  });
}
