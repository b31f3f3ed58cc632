import { markdownTable } from '../base/markdown';
import { nodes } from '../nodes';
import { operations } from '../operations';

/** The operations as a Markdown table. */
export function operationsTable(): string {
  const rows = operations.map(({ id, danger, ways, parameters, description }) => {
    const technologies = [...new Set(ways.map(({ technologyTitle }) => technologyTitle))].join(', ');
    const names = Object.keys(parameters.shape).map((name) => `\`${name}\``);
    return [`\`${id}\``, danger, technologies, names.join(', '), description];
  });
  return markdownTable(['operation', 'danger', 'by', 'parameters', ''], rows);
}

/** The nodes as a Markdown table. */
export function nodesTable(): string {
  const rows = nodes.map(({ id, kind, sources, columns, description }) => {
    const technologies = sources.map(({ technologyTitle }) => technologyTitle).join(', ');
    return [`\`${id}\``, kind, technologies, columns.join(', '), description];
  });
  return markdownTable(['node', 'kind', 'from', 'columns', ''], rows);
}
