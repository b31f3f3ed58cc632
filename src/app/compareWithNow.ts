import { type ErrorReport, reportError, toSidebandError } from '../base/errors';
import type { Computer } from '../fleet/computer';
import { isInSnapshots, type Snapshot } from '../jobs/snapshots/snapshot';
import { type TakeOptions, takeSnapshots } from '../jobs/snapshots/take';
import { nodes as all } from '../nodes';
import type { Node } from '../nodes/node';
import type { App } from './app';
import { readSnapshot } from './snapshotFiles';

/** The kept snapshot of a computer and a new one, or what stood against it. */
export type Compared = {
  readonly computer: Computer;
  /** Absent when none was taken yet. */
  readonly before?: Snapshot;
} & ({ readonly now: Snapshot; readonly error?: never } | { readonly now?: never; readonly error: ErrorReport });

export interface CompareRequest {
  readonly computers: readonly Computer[];
  /** What is read anew, the rest being taken from the kept snapshot. Absent: what snapshots have, and what the kept one has besides. */
  readonly nodes?: readonly Node[] | undefined;
}

/** Reads the kept snapshots of computers, and takes new ones. */
export async function compareWithNow(
  { folder, engine }: App,
  { computers, nodes }: CompareRequest,
  options: TakeOptions,
  signal: AbortSignal,
): Promise<readonly Compared[]> {
  const kept = new Map<Computer, Snapshot | undefined>();
  const unreadable = new Map<Computer, ErrorReport>();
  for (const computer of computers) {
    try {
      kept.set(computer, await readSnapshot(folder, computer.name));
    } catch (thrown) {
      unreadable.set(computer, reportError(toSidebandError(thrown)));
    }
  }
  const nodesOf = (computer: Computer): readonly Node[] =>
    nodes ?? all.filter((node) => isInSnapshots(node) || kept.get(computer)?.nodes.has(node.id));
  const readable = computers.filter((computer) => !unreadable.has(computer));
  const taken = await takeSnapshots({ computers: readable, nodesOf }, engine, options, signal);
  const byComputer = new Map(taken.map((one) => [one.computer, one]));
  return computers.flatMap((computer): readonly Compared[] => {
    const error = unreadable.get(computer);
    if (error) return [{ computer, error }];
    const before = kept.get(computer);
    const found = byComputer.get(computer);
    if (!found) return [];
    const whose = { computer, ...(before && { before }) };
    if (found.error) return [{ ...whose, error: found.error }];
    return [{ ...whose, now: nodes ? merge(before, found.snapshot) : found.snapshot }];
  });
}

function merge(before: Snapshot | undefined, now: Snapshot): Snapshot {
  return { ...now, nodes: new Map([...(before?.nodes ?? []), ...now.nodes]) };
}
