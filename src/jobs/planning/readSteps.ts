import { SidebandError, toSidebandError } from '../../base/errors';
import type { Log } from '../../base/log';
import type { TechnologyName } from '../../fleet/technologyName';
import type { Way } from '../../operations/operation';
import { attempt, type AttemptOptions } from '../attempt';
import type { Engine } from '../engine';
import { impossible, taking } from '../ways';
import type { ComputerPlan, StepPlan } from './jobPlan';

/** What was read from one computer for one step. */
interface Reading {
  readonly now?: string;
  /** Why a way cannot do it here. */
  readonly lacks: ReadonlyMap<Way, string>;
  readonly unread?: string;
}

export interface ReadingTools extends AttemptOptions {
  readonly engine: Pick<Engine, 'sessions' | 'definitions'>;
  readonly log: Log;
}

/** Whether there is anything to read for a step before the run. */
export function isReadable({ ways, parameters }: StepPlan): boolean {
  return parameters !== undefined && ways.some(({ now, lacks }) => now ?? lacks);
}

/**
 * The steps of one computer with what it says now, read in one visit: a technology that does not answer is not asked again. What
 * an earlier step is to change must be foreseen anew. Never rejects for what the computer does.
 */
export async function readSteps(plan: ComputerPlan, tools: ReadingTools): Promise<readonly StepPlan[]> {
  const visit = new Visit(plan, tools);
  const read: StepPlan[] = [];
  for (const step of plan.steps) {
    read.push(isReadable(step) ? withReading(step, await visit.read(step)) : step);
  }
  return read;
}

class Visit {
  readonly #plan: ComputerPlan;
  readonly #tools: ReadingTools;
  /** Why a technology is not asked again. */
  readonly #silent = new Map<TechnologyName, string>();
  #power: string | undefined;

  constructor(plan: ComputerPlan, tools: ReadingTools) {
    this.#plan = plan;
    this.#tools = tools;
  }

  async read({ step, ways, parameters }: StepPlan): Promise<Reading> {
    const { computer } = this.#plan;
    const { engine, log, ...options } = this.#tools;
    const lacks = new Map<Way, string>();
    const known = step.operation.changes === 'power' ? this.#power : undefined;
    const asked = ways.filter(({ technology }) => !this.#silent.has(technology));
    if (asked.length === 0) {
      const [unread] = ways.flatMap(({ technology }) => this.#silent.get(technology) ?? []);
      return { lacks, ...(unread !== undefined && { unread }) };
    }
    const { value, error } = await attempt<Way>(
      { computer, ways: asked },
      async (way, turn) => {
        const request = { sessions: engine.sessions, definitions: engine.definitions, computer, log, ...turn };
        try {
          const lack = await way.lacks?.(request, parameters);
          if (lack !== undefined) {
            lacks.set(way, lack);
            throw new SidebandError('operation.impossible', lack);
          }
          return { outcome: 'done', value: known ?? (await way.now?.(request, parameters)) };
        } catch (thrown) {
          this.#heard(way, toSidebandError(thrown));
          throw thrown;
        }
      },
      options,
    );
    const now = typeof value === 'string' ? value : undefined;
    if (step.operation.changes === 'power') this.#power ??= now;
    return { lacks, ...(now !== undefined && { now }), ...(error && { unread: error.message }) };
  }

  #heard({ technology }: Way, { code, message }: SidebandError): void {
    if (!/^(device\.|protocol\.|operation\.impossible$)/.test(code)) this.#silent.set(technology, message);
  }
}

function withReading(plan: StepPlan, { now, lacks, unread }: Reading): StepPlan {
  const { now: seen, nowAfter, ...rest } = plan;
  const ways = plan.ways.filter((way) => !lacks.has(way));
  if (ways.length === 0) return { ...rest, ...impossible([...new Set(lacks.values())].join('; ')) };
  const taken = lacks.size > 0 ? { ...rest, ...taking(ways) } : rest;
  if (unread !== undefined) return { ...taken, unread };
  const known = now ?? (nowAfter === undefined ? seen : undefined);
  return { ...taken, ...(known !== undefined && { now: known }) };
}
