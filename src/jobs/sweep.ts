import type { Asks, Progress } from '../base/frontend';
import { runPool } from '../base/pool';
import type { Computer } from '../fleet/computer';
import type { TechnologyName } from '../fleet/technologyName';
import { type Answer, attempt, type Candidate, type Turn } from './attempt';
import { LoginGuard } from './loginGuard';
import { whileWaiting } from './whileWaiting';
import { type ComputerResult, isSuccess } from './result';

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

/** Does one thing to many computers side by side. Never rejects for what a computer does; the results are in the items' order. */
export async function sweep<Way extends { readonly technology: TechnologyName }, Item extends Candidate<Way>>(
  items: readonly Item[],
  act: (item: Item, way: Item['ways'][number], turn: Turn) => Promise<Answer>,
  options: SweepOptions,
  signal: AbortSignal,
): Promise<readonly ComputerResult[]> {
  const results = new Map<Computer, ComputerResult>();
  const guard = new LoginGuard();
  const { timeoutMs, asks } = options;
  let failed = 0;

  const limits = {
    concurrency: options.concurrency,
    whileWaiting,
    perKey: { limit: options.perSite, key: ({ computer }: Item) => computer.site },
  };
  await runPool(items, limits, async (item, slot) => {
    const { computer } = item;
    const startedAt = performance.now();
    const onItem = (way: Item['ways'][number], turn: Turn): Promise<Answer> => act(item, way, turn);
    const answer = await attempt(item, onItem, { guard, timeoutMs, asks, onSilence: slot.release, signal });
    const ok = isSuccess(answer.outcome);
    const result = { computer: computer.name, ok, durationMs: Math.round(performance.now() - startedAt), ...answer };
    results.set(computer, result);
    if (!ok) failed++;
    options.onResult?.(result);
    options.onProgress?.({ done: results.size, failed, total: items.length });
  });
  return items.flatMap(({ computer }) => results.get(computer) ?? []);
}
