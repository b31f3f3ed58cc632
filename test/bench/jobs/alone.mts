// What only we do: planning, and going on with a run whose process died.
import { median } from '../measure.mts';
import { bundleJobsClient } from './bundleJobsClient.mts';
import type { JobsMeasure } from './client.mts';
import type { EngineSpec } from './engines.mts';
import { inBenchFolder, measureClient, measureIn } from './measureClient.mts';

export async function measurePlan(spec: EngineSpec, runs: number): Promise<object> {
  const file = await bundleJobsClient('plan');
  const taken: JobsMeasure[] = [];
  for (let run = 0; run < runs; run++) taken.push(await measureClient({ file, spec, peers: '' }));
  const middle = (of: (run: JobsMeasure) => number): number => Math.round(median(taken.map(of)));
  const part = (name: string): number => middle(({ parts }) => parts[name] ?? Number.NaN);
  return {
    'alike ms': part('none ms'),
    'alike MiB': part('none MiB'),
    'all different ms': part('own ms'),
    'all different MiB': part('own MiB'),
    'all different, as text ms': part('text ms'),
    'rss MiB': middle(({ rssMb }) => rssMb),
    lost: lostOf(taken, spec),
  };
}

export async function measureResume(spec: EngineSpec, runs: number): Promise<object> {
  const [dying, resuming] = [await bundleJobsClient('die'), await bundleJobsClient('resume')];
  const taken: JobsMeasure[] = [];
  for (let run = 0; run < runs; run++) {
    const measured = await inBenchFolder(async (folder) => {
      await measureIn(folder, { file: dying, spec, peers: '' });
      return measureIn(folder, { file: resuming, spec, peers: '' });
    });
    taken.push(measured);
  }
  const middle = (of: (run: JobsMeasure) => number): number => median(taken.map(of));
  const part = (name: string): number => middle(({ parts }) => parts[name] ?? Number.NaN);
  return {
    'steps left': part('acts'),
    'record read ms': Math.round(part('read ms')),
    'taken over after ms': Math.round(part('taken over ms')),
    'all done after ms': Math.round(middle(({ wallMs }) => wallMs)),
    'longest turn ms': Math.round(middle(({ turnMs }) => turnMs)),
    'rss MiB': Math.round(middle(({ rssMb }) => rssMb)),
    lost: lostOf(taken, spec),
  };
}

function lostOf(taken: readonly JobsMeasure[], { computers, stepsEach }: EngineSpec): number {
  return taken.reduce((sum, { done }) => sum + computers * stepsEach - done, 0);
}
