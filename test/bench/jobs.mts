// Jobs of three steps that do nothing: what the engine costs, beside what others need for as many tasks.
import { measurePlan, measureResume } from './jobs/alone.mts';
import { compareEngines } from './jobs/engines.mts';
import { ensureJobPeers } from './jobs/peers.mts';
import { compareWithAnsible } from './jobs/playbooks.mts';

export const jobsParts = ['engine', 'plan', 'resume', 'ansible'] as const;
export type JobsPart = (typeof jobsParts)[number];

export interface JobsOptions {
  readonly computers: number;
  readonly pairs: number;
  readonly parts: readonly JobsPart[];
}

const stepsEach = 3;
const concurrency = 256;
/** A run of ansible-playbook takes most of a minute, so few of them must do. */
const ansible = { computers: 1000, mostPairs: 3 };

export async function jobsBench({ computers, pairs, parts }: JobsOptions): Promise<object> {
  const peers = await ensureJobPeers();
  const spec = { computers, stepsEach, concurrency };
  const tables: { readonly part: JobsPart; readonly title: string; readonly rows: readonly object[] }[] = [];
  for (const part of parts) {
    const { title, rows } = await measurePart[part]({ spec, pairs, peers });
    tables.push({ part, title, rows });
  }
  for (const { title, rows } of tables) {
    console.log(`\n${title}`);
    console.table(rows);
  }
  const isComplete = tables.every(({ rows }) => rows.every((row) => (row as { readonly lost: number }).lost === 0));
  if (!isComplete) {
    process.exitCode = 1;
    console.log('FAILED: tasks were lost; these times are of no use');
  }
  return { ...spec, pairs, isComplete, tables };
}

interface Asked {
  readonly spec: { readonly computers: number; readonly stepsEach: number; readonly concurrency: number };
  readonly pairs: number;
  readonly peers: string;
}

interface Measured {
  readonly title: string;
  readonly rows: readonly object[];
}

const measurePart: Readonly<Record<JobsPart, (asked: Asked) => Promise<Measured>>> = {
  engine: async ({ spec, pairs, peers }) => ({
    title: `${spec.computers} computers, ${stepsEach} steps each, ${concurrency} at once; a task is one step on one computer; ${pairs} pairs`,
    rows: await compareEngines(spec, pairs, peers),
  }),
  plan: async ({ spec, pairs }) => ({
    title: `the plan of ${spec.computers} computers, ${stepsEach} steps each; ${pairs} runs`,
    rows: [await measurePlan(spec, pairs)],
  }),
  resume: async ({ spec, pairs }) => ({
    title: `a run of ${spec.computers} computers whose process died when half of them had ended; ${pairs} runs`,
    rows: [await measureResume(spec, pairs)],
  }),
  ansible: async ({ spec, pairs }) => {
    const few = Math.min(pairs, ansible.mostPairs);
    return {
      title: `${ansible.computers} computers, ${stepsEach} steps each, from start to exit; ${few} pairs`,
      rows: await compareWithAnsible({ ...spec, computers: ansible.computers }, few),
    };
  },
};
