import type { Asks } from '../base/frontend';
import type { Log } from '../base/log';
import type { Computer } from '../fleet/computer';
import type { Node, Row } from '../nodes/node';
import type { Candidate } from './attempt';
import { type Engine, sweepLimits, type SweepLimits } from './engine';
import type { ComputerResult } from './result';
import { sweep, type SweepOptions } from './sweep';

/** A node of one computer, as reports carry it. */
export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
}

export interface ShowReport {
  readonly node: string;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly durationMs: number;
  /** Each `value` is a `Table`. */
  readonly results: readonly ComputerResult[];
}

export interface ShowOptions extends SweepLimits, Pick<SweepOptions, 'onResult' | 'onProgress'> {
  readonly log: Log;
  /** What may be asked of a person. Absent: nobody is there. */
  readonly asks?: Asks | undefined;
  /** Only sources of this technology. */
  readonly technology?: string | undefined;
}

/** Reads one node of many computers. */
export async function showNode(
  node: Node,
  computers: readonly Computer[],
  engine: Engine,
  options: ShowOptions,
  signal: AbortSignal,
): Promise<ShowReport> {
  const startedAt = new Date();
  const begun = performance.now();
  const items = computers.map((computer) => sourcesOf(node, computer, options.technology));
  const { asks, onResult, onProgress } = options;
  const results = await sweep(
    items,
    async ({ computer }, source, turn) => {
      const { rows, note } = await source.read(engine.sessions, computer, turn);
      const value: Table = { columns: node.columns, rows };
      return { outcome: 'done', value, ...(note !== undefined && { note }) };
    },
    { ...sweepLimits(engine, options), asks, ...(onResult && { onResult }), ...(onProgress && { onProgress }) },
    signal,
  );
  return {
    node: node.id,
    startedAt: startedAt.toISOString(),
    durationMs: Math.round(performance.now() - begun),
    results,
  };
}

function sourcesOf(node: Node, computer: Computer, technology: string | undefined): Candidate<Node['sources'][number]> {
  const ways = node.sources.filter(
    (source) => computer.access(source.technology) && (technology === undefined || source.technology === technology),
  );
  if (ways.length > 0) return { computer, ways };
  const offering = node.sources.map((source) => source.technologyTitle).join(', ');
  return {
    computer,
    ways,
    impossible: `${node.title} comes from ${offering}, which the computer’s profile does not have`,
  };
}
