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

/** Where a technology gets a node's rows from. */
export interface Source {
  readonly technology: TechnologyName;
  readonly technologyTitle: string;
  read(sessions: Sessions, computer: Computer, options: UseOptions): Promise<readonly Row[]>;
}

/** A table of facts about one computer. Made by `defineNode`, listed in `nodes/index.ts`. */
export interface Node extends NodeHead {
  /** In the order in which they are tried. */
  readonly sources: readonly Source[];
}

type From = <Client extends AsyncDisposable, Options>(
  technology: Technology<Client, Options>,
  read: (client: Client, context: ReadContext) => Promise<readonly Row[]>,
) => Source;

export interface ReadContext {
  readonly computer: Computer;
  readonly signal: AbortSignal;
}

export function defineNode(head: NodeHead, sources: (from: From) => readonly Source[]): Node {
  return { ...head, sources: sources(from) };
}

const from: From = (technology, read) => ({
  technology: technology.name,
  technologyTitle: technology.title,
  read: (sessions, computer, options) =>
    sessions.use(technology, computer, options, (client) => read(client, { computer, signal: options.signal })),
});
