import { createHash } from 'node:crypto';
import type { JobPlan, StepPlan } from './jobPlan';

/** The plan with its hash, which is the same for the same texts, inputs, waves, computers and what is foreseen of each step. */
export function withJobHash(plan: Omit<JobPlan, 'hash'>): JobPlan {
  const { source, waves, computers } = plan;
  const hash = createHash('sha256').update(JSON.stringify([digestOfTexts(plan), sorted(source.inputs), waves]));
  const known = new Map<StepPlan, string>();
  for (const { computer, steps } of computers) {
    let facts = JSON.stringify([computer.name, computer.host]);
    for (const step of steps) {
      let fact = known.get(step);
      if (fact === undefined) known.set(step, (fact = factOf(step)));
      facts += fact;
    }
    hash.update(facts);
  }
  return { ...plan, hash: hash.digest('hex').slice(0, 12) };
}

/** SHA-256 of the job's text and of those that it calls, as hex digits. */
export function digestOfTexts({ source }: Pick<JobPlan, 'source'>): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(source.texts)))
    .digest('hex');
}

function sorted(record: Readonly<Record<string, unknown>>): readonly (readonly [string, unknown])[] {
  return Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1));
}

function factOf({ ways, parameters, now, then, impossible, leftOut, depends }: StepPlan): string {
  const technologies = ways.map(({ technology }) => technology);
  const state = [now ?? null, then ?? null, impossible ?? null, leftOut ?? null];
  return JSON.stringify([technologies, parameters ?? null, ...state, depends]);
}
