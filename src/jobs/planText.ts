import type * as z from 'zod';
import { escapeMarkdown, markdownTable } from '../base/markdown';
import type { Plan, PlanEntry } from './plan';

/** What a plan would do to one computer, in words. */
export interface PlanLine {
  readonly computer: string;
  /** `on → off` */
  readonly change: string;
  /** The way and why, or why there is none. */
  readonly how: string;
}

type Part = 'change' | 'already' | 'unread' | 'impossible';

const partTitles: Readonly<Record<Part, string>> = {
  change: 'Will be changed',
  unread: 'Could not be read, and will be tried',
  already: 'Already so',
  impossible: 'Impossible',
};

export function planLine({ operation }: Pick<Plan, 'operation'>, entry: PlanEntry): PlanLine {
  const { computer, now, then, unread, impossible, why } = entry;
  const how = impossible ?? (isAlready(entry) ? 'already so' : why) + (unread === undefined ? '' : `; ${unread}`);
  return {
    computer: computer.name,
    change: `${unread === undefined ? (now ?? '?') : 'unread'} → ${then ?? operation.id}`,
    how,
  };
}

/** How many computers, what must be known before, what the policy says, and the hash. */
export function planSummary({ operation, parameters, entries, refusals, hash }: Plan): readonly string[] {
  const possible = entries.filter(({ ways }) => ways.length > 0).length;
  return [
    `${operation.title}: ${possible} of ${entries.length} computers, ${operation.danger}`,
    ...(operation.warnings?.(parameters) ?? []).map((warning) => `warning: ${warning}`),
    ...refusals.map(({ rule, message }) => `refused by ${rule}: ${message}`),
    `plan ${hash}`,
  ];
}

/** A plan as a document: what would be changed, what is so already, and what is impossible and why. */
export function formatPlanMarkdown(plan: Plan): string {
  const { operation, parameters, entries, refusals, hash } = plan;
  const possible = entries.filter(({ ways }) => ways.length > 0).length;
  const given = describeParameters(plan);
  const lines = [
    `# Plan: ${escapeMarkdown(operation.title)}`,
    `**${possible} of ${entries.length} computers** · ${operation.danger} · plan \`${hash}\``,
    ...(given === '' ? [] : [escapeMarkdown(given)]),
    ...(operation.warnings?.(parameters) ?? []).map((warning) => `> ${escapeMarkdown(warning)}`),
    ...refusals.map(({ rule, message }) => `> Refused by ${escapeMarkdown(rule)}: ${escapeMarkdown(message)}`),
  ];
  for (const part of ['change', 'unread', 'already', 'impossible'] as const) {
    const own = entries.filter((entry) => partOf(entry) === part);
    if (own.length > 0) lines.push(`## ${partTitles[part]} (${own.length})`, tableOf(plan, own, part));
  }
  return `${lines.join('\n\n')}\n`;
}

/** What is other than by default. */
function describeParameters({ operation, parameters }: Plan): string {
  const shape = operation.parameters.shape as Readonly<Record<string, z.ZodType>>;
  const isDefault = (name: string, value: unknown): boolean => {
    const preset = shape[name]?.safeParse(undefined);
    return JSON.stringify(preset?.data) === JSON.stringify(value);
  };
  return Object.entries(parameters)
    .filter(([name, value]) => !isDefault(name, value))
    .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(' · ');
}

function tableOf(plan: Plan, entries: readonly PlanEntry[], part: Part): string {
  const rows = entries.map((entry) => {
    const { computer, change, how } = planLine(plan, entry);
    return (part === 'impossible' ? [computer, how] : [computer, change, how]).map(escapeMarkdown);
  });
  return markdownTable(part === 'impossible' ? ['Computer', 'Why'] : ['Computer', 'Now → then', 'How'], rows);
}

function partOf(entry: PlanEntry): Part {
  if (entry.impossible !== undefined) return 'impossible';
  if (entry.unread !== undefined) return 'unread';
  return isAlready(entry) ? 'already' : 'change';
}

function isAlready({ now, then }: PlanEntry): boolean {
  return now !== undefined && now === then;
}
