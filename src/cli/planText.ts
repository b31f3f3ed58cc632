import type { Plan } from '../jobs/plan';
import { formatTable } from './table';

/** A plan for people: what would become of each computer, and what stands against it. */
export function formatPlan({ operation, entries, refusals, hash }: Plan): string {
  const rows = entries.map(({ computer, now, then, unread, impossible, why }) => [
    computer.name,
    `${unread === undefined ? (now ?? '?') : 'unread'} → ${then ?? operation.id}`,
    impossible ??
      (now !== undefined && now === then ? 'already so' : why) + (unread === undefined ? '' : `; ${unread}`),
  ]);
  const possible = entries.filter(({ ways }) => ways.length > 0).length;
  const lines = [
    `${operation.title}: ${possible} of ${entries.length} computers, ${operation.danger}`,
    ...refusals.map(({ rule, message }) => `refused by ${rule}: ${message}`),
    `plan ${hash}`,
  ];
  return `${formatTable(rows, ['COMPUTER', 'NOW → THEN', 'HOW'])}${lines.join('\n')}\n`;
}

/** The same for `--json`. */
export function planToJson({ operation, parameters, targets, entries, refusals, hash }: Plan): object {
  return {
    operation: operation.id,
    danger: operation.danger,
    parameters,
    targets,
    hash,
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
