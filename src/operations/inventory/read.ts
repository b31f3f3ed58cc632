import * as z from 'zod';
import { SidebandError } from '../../base/errors';
import type { TechnologyName } from '../../fleet/technologyName';
import type { Node, Source } from '../../nodes/node';
import { nodeIds } from '../../nodes/nodeIds';
import { amt } from '../../technologies/amt/amt';
import { ipmi } from '../../technologies/ipmi/ipmi';
import type { Technology } from '../../technologies/technology';
import type { Operation, Way } from '../operation';

const parameters = z.strictObject({
  node: z.enum(nodeIds).describe('The table of facts to read; `sideband nodes` lists them'),
});

/** What a job keeps of a computer: the value is a table, as `sideband show --json` has it. */
export const inventoryRead: Operation = {
  id: 'inventory.read',
  title: 'Read Inventory',
  description: 'Reads a node of the computer into the results, for reports of jobs.',
  danger: 'safe',
  kind: 'read',
  forJobs: true,
  repeatable: true,
  parameters,
  ways: [amt, ipmi].map(wayBy),
};

function wayBy({ name: technology, title }: Pick<Technology, 'name' | 'title'>): Way {
  return {
    technology,
    technologyTitle: title,
    serves: () => true,
    async lacks(_, given) {
      const { node, source } = await find(given, technology);
      return source ? undefined : `${node.title} does not come from ${title}`;
    },
    async run(request, given) {
      const { node, source } = await find(given, technology);
      const { sessions, computer } = request;
      if (!source) {
        throw new SidebandError('operation.impossible', `${computer.name}: ${node.title} does not come from ${title}`);
      }
      const { rows, note } = await source.read(sessions, computer, request);
      return { outcome: 'done', value: { columns: node.columns, rows }, ...(note !== undefined && { note }) };
    },
  };
}

/** The nodes are loaded when one is read: every start of the command line would pay for them. */
async function find(
  given: unknown,
  technology: TechnologyName,
): Promise<{ readonly node: Node; readonly source: Source | undefined }> {
  const { node: id } = given as z.output<typeof parameters>;
  const { nodes } = await import('../../nodes');
  const node = nodes.find((one) => one.id === id);
  if (!node) throw new SidebandError('operation.impossible', `there is no node ${id}`);
  return { node, source: node.sources.find((source) => source.technology === technology) };
}
