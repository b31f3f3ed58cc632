import { type SidebandError, toSidebandError } from '../base/errors';
import { type Difference, halfDone } from '../technologies/difference';
import type { StepResult } from './operation';

export interface BringOptions {
  /** What the result says beside the names of what was changed. */
  readonly value?: Readonly<Record<string, unknown>>;
  /** What neither comparing nor reading back can tell, in a sentence. */
  readonly note?: string;
  /** For settings of the connection itself: an answer that is lost on the way is settled by reading back. */
  readonly answers?: 'arrive' | 'may be lost';
}

/**
 * Brings a device to what is wanted: asks for the differences, writes each, and asks again. Nothing is written twice. A refusal after
 * something was changed has the effect `unknown` and names what was changed before.
 */
export async function bringTo(
  differences: (signal: AbortSignal) => Promise<readonly Difference[]>,
  signal: AbortSignal,
  { value, note, answers = 'arrive' }: BringOptions = {},
): Promise<StepResult> {
  const before = await differences(signal);
  const told = note === undefined ? {} : { note };
  if (before.length === 0) return { outcome: 'already', ...(value && { value }), ...told };
  const { changed, lost } = await writeAll(before, answers, signal);
  try {
    const left = (await differences(signal)).map(({ name }) => name);
    if (left.length === 0) return { outcome: 'done', value: { ...value, changed }, ...told };
    if (!lost)
      return { outcome: 'unverified', note: `Accepted, but the controller does not hold: ${left.join(', ')}.` };
  } catch (thrown) {
    if (!lost)
      return { outcome: 'unverified', note: `Accepted, but not verified: ${toSidebandError(thrown).message}.` };
  }
  throw lost;
}

interface Written {
  readonly changed: readonly string[];
  /** The answer that did not arrive; nothing was asked after it. */
  readonly lost?: SidebandError;
}

async function writeAll(
  differences: readonly Difference[],
  answers: BringOptions['answers'],
  signal: AbortSignal,
): Promise<Written> {
  const changed: string[] = [];
  for (const { name, write } of differences) {
    try {
      await write(signal);
    } catch (thrown) {
      const error = changed.length === 0 ? toSidebandError(thrown) : halfDone(changed, thrown);
      const isLost = answers === 'may be lost' && toSidebandError(thrown).effect === 'unknown';
      if (isLost) return { changed: [...changed, name], lost: error };
      throw error;
    }
    changed.push(name);
  }
  return { changed };
}
