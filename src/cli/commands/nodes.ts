import { nodes } from '../../nodes';
import type { Command } from '../command';
import { exitCodes } from '../../base/exitCodes';
import { toJson } from '../runReport';
import { formatTable } from '../../base/textTable';

export const nodesCommand: Command = {
  usage: 'nodes',
  description: 'Lists what can be seen of a computer, with the technologies that it comes from.',
  examples: ['sideband nodes', 'sideband show computer-system lab-01'],
  run({ settings, io }) {
    const described = nodes.map(({ id, title, description, path, kind, columns, sources }) => ({
      node: id,
      title,
      description,
      path,
      kind,
      columns,
      technologies: sources.map(({ technology }) => technology),
    }));
    if (settings.json) io.out(toJson({ nodes: described }));
    else {
      const rows = described.map((node) => [node.node, node.kind, node.technologies.join(' '), node.description]);
      io.out(formatTable(rows, ['NODE', 'KIND', 'FROM', '']));
    }
    return Promise.resolve(exitCodes.done);
  },
};
