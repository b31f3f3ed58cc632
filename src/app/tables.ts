import { markdownTable } from '../base/markdown';
import { nodes } from '../nodes';
import { operations } from '../operations';

/** The operations as a Markdown table. */
export function operationsTable(): string {
  const rows = operations.map(({ id, danger, ways, description }) => {
    const technologies = [...new Set(ways.map(({ technologyTitle }) => technologyTitle))].join(', ');
    return [`\`${id}\``, danger, technologies, description];
  });
  return markdownTable(['operation', 'danger', 'by', ''], rows);
}

/** The nodes as a Markdown table. */
export function nodesTable(): string {
  const rows = nodes.map(({ id, kind, sources, description }) => {
    const technologies = sources.map(({ technologyTitle }) => technologyTitle).join(', ');
    return [`\`${id}\``, kind, technologies, description];
  });
  return markdownTable(['node', 'kind', 'from', ''], rows);
}
