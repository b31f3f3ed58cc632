import type { Computer } from '../fleet/computer';
import type { TechnologyName } from '../fleet/technologyName';
import type { Sessions, UseOptions } from '../technologies/sessions';
import type { Technology } from '../technologies/technology';

export type Cell = string | number | boolean | null;
export type Row = readonly Cell[];

export interface NodeHead {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** The folders above it in the tree. */
  readonly path: readonly string[];
  /** `information` is constant; `audit` varies and can be refreshed live. */
  readonly kind: 'information' | 'audit';
  readonly columns: readonly string[];
  /** The columns that tell a computer's rows apart, such as a slot. Absent: the first one. */
  readonly key?: readonly string[];
  /** The columns that change by themselves, such as a reading. Inventory snapshots take audit nodes that name them, without them. */
  readonly volatile?: readonly string[];
}

/** What a computer says to a node. */
export interface Reading {
  readonly rows: readonly Row[];
  /** Why there can be none on this computer, where that is known. */
  readonly note?: string;
}

/** Where a technology gets a node's rows from. */
export interface Source {
  readonly technology: TechnologyName;
  readonly technologyTitle: string;
  read(sessions: Sessions, computer: Computer, options: UseOptions): Promise<Reading>;
}

/** A table of facts about one computer. Made by `defineNode`, listed in `nodes/index.ts`. */
export interface Node extends NodeHead {
  /** In the order in which they are tried. */
  readonly sources: readonly Source[];
}

type From = <Client extends AsyncDisposable, Options>(
  technology: Technology<Client, Options>,
  read: (client: Client, context: ReadContext) => Promise<readonly Row[]>,
  /** Why this computer can have none. Asked where there are none. */
  lacks?: (client: Client, context: ReadContext) => Promise<string | undefined>,
) => Source;

export interface ReadContext {
  readonly computer: Computer;
  readonly signal: AbortSignal;
}

export function defineNode(head: NodeHead, sources: (from: From) => readonly Source[]): Node {
  return { ...head, sources: sources(from) };
}

const from: From = (technology, read, lacks) => ({
  technology: technology.name,
  technologyTitle: technology.title,
  read: (sessions, computer, options) =>
    sessions.use(technology, computer, options, async (client) => {
      const context = { computer, signal: options.signal };
      const rows = await read(client, context);
      const note = rows.length === 0 ? await lacks?.(client, context) : undefined;
      return note === undefined ? { rows } : { rows, note };
    }),
});
