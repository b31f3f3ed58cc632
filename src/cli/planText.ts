import type { Plan } from '../jobs/plan';
import { planLine, planSummary } from '../jobs/planText';
import { formatTable } from '../base/textTable';

/** A plan for people: what would become of each computer, and what stands against it. */
export function formatPlan(plan: Plan): string {
  const rows = plan.entries.map((entry) => {
    const { computer, change, how } = planLine(plan, entry);
    return [computer, change, how];
  });
  return `${formatTable(rows, ['COMPUTER', 'NOW → THEN', 'HOW'])}${planSummary(plan).join('\n')}\n`;
}

/** The same for `--json`. */
export function planToJson({ operation, parameters, targets, entries, refusals, hash }: Plan): object {
  const warnings = operation.warnings?.(parameters) ?? [];
  return {
    operation: operation.id,
    danger: operation.danger,
    parameters,
    targets,
    hash,
    ...(warnings.length > 0 && { warnings }),
    refusals,
    computers: entries.map(({ computer, ways, now, then, unread, impossible, why }) => ({
      computer: computer.name,
      ...(now !== undefined && { now }),
      ...(then !== undefined && { then }),
      ways: ways.map(({ technology }) => technology),
      why,
      ...(unread !== undefined && { unread }),
      ...(impossible !== undefined && { impossible }),
    })),
  };
}
