import type { ProgramStep } from '../program/program';

/** Timers take no more, and fire at once instead. */
export const longestTimerMs = 2 ** 31 - 1;
/** For what is sent before and after what lasts. */
const besidesMs = 30_000;

/** How long one attempt of a step may take, in milliseconds. */
export function stepTimeoutMs(
  { timeoutMs, operation }: ProgramStep,
  parameters: Readonly<Record<string, unknown>>,
  usualMs: number,
): number {
  const lasts = operation.lasts?.(parameters);
  const needed = lasts === undefined ? usualMs : Math.max(usualMs, lasts + besidesMs);
  return Math.min(timeoutMs ?? needed, longestTimerMs);
}
