// A task is one step on one computer: what it costs by our engine, by queues that keep a record, and by a plain pool.
import { median, ratio } from '../measure.mts';
import { bundleJobsClient } from './bundleJobsClient.mts';
import type { JobsMeasure, JobsSpec } from './client.mts';
import { type ClientRun, measureClient } from './measureClient.mts';
import { hasPostgres, hasRedis } from './peers.mts';

interface Tool extends ClientRun {
  readonly name: string;
}

export type EngineSpec = Omit<JobsSpec, 'folder'>;

async function toolsOf(spec: EngineSpec, peers: string): Promise<readonly Tool[]> {
  const file = await bundleJobsClient('sideband');
  const pLimit = await bundleJobsClient('pLimit');
  const tools: Tool[] = [
    { name: 'sideband', file, spec: { ...spec, record: 'disk' }, peers },
    { name: 'sideband, no record', file, spec: { ...spec, record: 'memory' }, peers },
    { name: 'p-limit, no record', file: pLimit, spec, peers },
  ];
  if (hasRedis()) {
    const bullmq = await bundleJobsClient('bullmq');
    const inOrder = { ...spec, order: 'steps' } as const;
    tools.push({ name: 'BullMQ, flows of steps in order', file: bullmq, spec: inOrder, peers, redis: 'logged' });
    tools.push({ name: 'BullMQ', file: bullmq, spec, peers, redis: 'logged' });
    tools.push({ name: 'BullMQ, nothing on disk', file: bullmq, spec, peers, redis: 'none' });
  }
  if (hasPostgres()) tools.push({ name: 'pg-boss', file: await bundleJobsClient('pgBoss'), spec, peers });
  return tools;
}

/** The first row is ours. */
export async function compareEngines(spec: EngineSpec, pairs: number, peers: string): Promise<readonly object[]> {
  const tools = await toolsOf(spec, peers);
  const taken = new Map<Tool, JobsMeasure[]>(tools.map((tool) => [tool, []]));
  for (let pair = 0; pair < pairs; pair++) {
    for (const tool of tools) taken.get(tool)?.push(await measureClient(tool));
  }
  const [ours = []] = taken.values();
  const tasks = spec.computers * spec.stepsEach;
  return [...taken].map(([{ name }, runs]) => {
    const middle = (of: (run: JobsMeasure) => number): number => median(runs.map(of));
    const each = (ms: number): string => ((1000 * ms) / tasks).toFixed(1);
    const walls = runs.map(({ wallMs }) => wallMs);
    const against = (of: (run: JobsMeasure) => number): string => ratio(ours.map(of), runs.map(of)).toFixed(2);
    return {
      tool: name,
      'µs/task': each(middle(({ wallMs }) => wallMs)),
      'from .. to': `${each(Math.min(...walls))} .. ${each(Math.max(...walls))}`,
      ...('planned ms' in (runs[0]?.parts ?? {}) && {
        'of it planning': each(middle(({ parts }) => parts['planned ms'] ?? Number.NaN)),
      }),
      'cpu µs/task': each(middle(({ cpuMs }) => cpuMs)),
      'rss MiB': Math.round(middle(({ rssMb }) => rssMb)),
      'longest turn ms': Math.round(middle(({ turnMs }) => turnMs)),
      lost: runs.reduce((sum, { done }) => sum + tasks - done, 0),
      'our wall / its': against(({ wallMs }) => wallMs),
      'our cpu / its': against(({ cpuMs }) => cpuMs),
    };
  });
}
