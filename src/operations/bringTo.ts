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
  /** `go on`: a change that the device refuses is named in the result, and the others are made all the same. Usually `stop`. */
  readonly onRefusal?: 'stop' | 'go on';
}

/**
 * Brings a device to what is wanted: asks for the differences, writes each, and asks again. Nothing is written twice. A refusal after
 * something was changed has the effect `unknown` and names what was changed before.
 */
export async function bringTo(
  differences: (signal: AbortSignal) => Promise<readonly Difference[]>,
  signal: AbortSignal,
  options: BringOptions = {},
): Promise<StepResult> {
  const { value, note } = options;
  const before = await differences(signal);
  const told = note === undefined ? {} : { note };
  if (before.length === 0) return { outcome: 'already', ...(value && { value }), ...told };
  const { changed, refusals, lost } = await writeAll(before, options, signal);
  if (refusals.length > 0) {
    return { outcome: 'unverified', value: { ...value, changed }, note: `Refused: ${refusals.join('; ')}.` };
  }
  try {
    const left = (await differences(signal)).map(({ name }) => name);
    if (left.length === 0) return { outcome: 'done', value: { ...value, changed }, ...told };
    if (!lost) return unverified(`Accepted, but the controller does not hold: ${left.join(', ')}.`);
  } catch (thrown) {
    if (!lost) return unverified(`Accepted, but not verified: ${toSidebandError(thrown).message}.`);
  }
  throw lost;
}

function unverified(note: string): StepResult {
  return { outcome: 'unverified', note };
}

interface Written {
  readonly changed: readonly string[];
  /** What was refused, each with its reason. */
  readonly refusals: readonly string[];
  /** The answer that did not arrive; nothing was asked after it. */
  readonly lost?: SidebandError;
}

async function writeAll(
  differences: readonly Difference[],
  { answers, onRefusal }: BringOptions,
  signal: AbortSignal,
): Promise<Written> {
  const changed: string[] = [];
  const refusals: string[] = [];
  let first: SidebandError | undefined;
  for (const { name, write } of differences) {
    try {
      await write(signal);
      changed.push(name);
    } catch (thrown) {
      const error = toSidebandError(thrown);
      const named = changed.length === 0 ? error : halfDone(changed, error);
      if (answers === 'may be lost' && error.effect === 'unknown') {
        return { changed: [...changed, name], refusals, lost: named };
      }
      if (onRefusal !== 'go on' || !isRefusal(error)) throw named;
      first ??= error;
      refusals.push(`${name} (${error.message})`);
    }
  }
  if (first && changed.length === 0) throw first;
  return { changed, refusals };
}

/** The device has answered, and changed nothing. */
function isRefusal({ code, effect }: SidebandError): boolean {
  return effect === 'none' && /^(device|access)\./.test(code);
}
