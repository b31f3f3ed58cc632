import type { Computer } from '../fleet/computer';
import { nodes } from '../nodes';
import type { Node, Source } from '../nodes/node';

const byTechnologies = new Map<string, readonly Node[]>();

/** The nodes that a technology of the computer's profile offers, in the order of the tree. */
export function offeredNodes({ accesses }: Computer): readonly Node[] {
  const names = accesses.map(({ technology }) => technology);
  const key = names.join(' ');
  let offered = byTechnologies.get(key);
  if (!offered) {
    offered = nodes.filter(({ sources }) => sources.some(({ technology }) => names.includes(technology)));
    byTechnologies.set(key, offered);
  }
  return offered;
}

/** Where a computer's node comes from, in the order in which that is tried. */
export function sourcesFor(computer: Computer, { sources }: Node): readonly Source[] {
  return sources.filter(({ technology }) => computer.access(technology));
}
