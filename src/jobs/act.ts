import { toSidebandError } from '../base/errors';
import type { TechnologyName } from '../fleet/technologyName';
import type { Operation, Way, WayRequest } from '../operations/operation';
import type { Answer } from './attempt';
import { withDoubt } from './doubt';

export interface Act {
  readonly operation: Operation;
  readonly way: Way;
  readonly parameters: unknown;
  readonly request: WayRequest;
  /** Writes the intent down; nothing is done when it rejects. */
  readonly intend: (technology: TechnologyName, before: string | undefined) => Promise<void>;
}

/** Takes one way. What is changed is written down before. */
export async function act({ operation, way, parameters, request, intend }: Act): Promise<Answer> {
  if (operation.kind === 'read') return way.run(request, parameters, nothingIntended);
  const progress = { isIntended: false };
  try {
    return await way.run(request, parameters, async (before) => {
      await intend(way.technology, before);
      request.signal.throwIfAborted();
      progress.isIntended = true;
    });
  } catch (thrown) {
    const error = toSidebandError(thrown);
    throw progress.isIntended ? withDoubt(error) : error;
  }
}

const nothingIntended = (): Promise<void> => Promise.resolve();
