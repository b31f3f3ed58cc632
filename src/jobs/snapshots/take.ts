import { type ErrorReport, reportError, SidebandError } from '../../base/errors';
import type { Computer } from '../../fleet/computer';
import type { Node } from '../../nodes/node';
import type { Engine } from '../engine';
import { showNode, type ShowOptions, type Table } from '../show';
import { type Facts, type Snapshot, toFacts } from './snapshot';

/** The snapshot of one computer, or what stood against it. */
export type Taken = { readonly computer: Computer } & (
  { readonly snapshot: Snapshot; readonly error?: never } | { readonly error: ErrorReport }
);

export interface TakeOptions extends Omit<ShowOptions, 'onResult' | 'onProgress'> {
  /** How many of the nodes have been read. */
  readonly onNode?: (done: number, total: number) => void;
}

export interface TakeRequest {
  readonly computers: readonly Computer[];
  readonly nodesOf: (computer: Computer) => readonly Node[];
}

/**
 * Reads nodes of many computers, node by node, so that one that cannot be reached is not asked again. What a computer does not
 * offer is left out; what fails otherwise leaves it without a snapshot, for half of one would look like parts that are gone.
 */
export async function takeSnapshots(
  { computers, nodesOf }: TakeRequest,
  engine: Engine,
  options: TakeOptions,
  signal: AbortSignal,
): Promise<readonly Taken[]> {
  const found = new Map(computers.map((computer) => [computer.name, new Map<string, readonly Facts[]>()]));
  const errors = new Map<string, ErrorReport>();
  const { onNode, ...showOptions } = options;
  const wanted = new Map(computers.map((computer) => [computer, nodesOf(computer)]));
  const nodes = [...new Set([...wanted.values()].flat())];
  for (const [index, node] of nodes.entries()) {
    const asked = computers.filter(
      (computer) =>
        !errors.has(computer.name) &&
        wanted.get(computer)?.includes(node) === true &&
        offers(computer, node, options.technology),
    );
    const { results } = await showNode(node, asked, engine, showOptions, signal);
    for (const { computer, value, error } of results) {
      if (error && isLack(error)) options.log.info(`${computer}: ${node.title} left out: ${error.message}`);
      else if (error) errors.set(computer, error);
      else found.get(computer)?.set(node.id, toFacts(node, (value as Table).rows));
    }
    onNode?.(index + 1, nodes.length);
  }
  return computers.map((computer) => {
    const rows = found.get(computer.name) ?? new Map<string, readonly Facts[]>();
    const error = errors.get(computer.name) ?? (rows.size === 0 ? nothingToRead(computer) : undefined);
    return error ? { computer, error } : { computer, snapshot: { computer: computer.name, nodes: rows } };
  });
}

function offers(computer: Computer, { sources }: Node, technology: string | undefined): boolean {
  return sources.some(
    (source) => computer.access(source.technology) && (technology ?? source.technology) === source.technology,
  );
}

/** Whether the computer simply does not have it, or not for this user. */
function isLack({ code }: ErrorReport): boolean {
  return /^(device\.(unsupported|refused)|operation\.impossible|access\.privilege)$/.test(code);
}

function nothingToRead({ name }: Computer): ErrorReport {
  return reportError(new SidebandError('operation.impossible', `${name} offers none of the nodes`));
}
