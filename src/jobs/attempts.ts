import { type SidebandError, toSidebandError } from '../base/errors';
import type { TechnologyName } from '../fleet/technologyName';
import type { Attempt } from './result';

/** How trying several ways ended: with a value, or with the error of the last one. */
export type Attempted<Value> = {
  readonly technology: TechnologyName;
  readonly tried: readonly Attempt[];
} & ({ readonly value: Value } | { readonly error: SidebandError });

/**
 * Tries the ways in order until one succeeds. Stops early after an error that leaves open whether the device was changed, when
 * the ledger fails, and when the time is up or the signal ends.
 */
export async function tryInOrder<Way extends { readonly technology: TechnologyName }, Value>(
  ways: readonly [Way, ...Way[]],
  act: (way: Way) => Promise<Value>,
  signal: AbortSignal,
): Promise<Attempted<Value>> {
  const [way, ...others] = ways;
  const tried: Attempt[] = [];
  for (let current = way; ;) {
    const { technology } = current;
    try {
      return { technology, tried, value: await act(current) };
    } catch (thrown) {
      const error = toSidebandError(thrown);
      tried.push({ technology, code: error.code });
      const next = mayFallBack(error) && !signal.aborted ? others.shift() : undefined;
      if (!next) return { technology, tried, error };
      current = next;
    }
  }
}

/** A way that waited in vain has had the time of all ways. */
function mayFallBack({ code, effect }: SidebandError): boolean {
  return effect === 'none' && !code.startsWith('ledger.') && code !== 'run.cancelled' && code !== 'operation.timeout';
}
