// Three steps of nothing on many computers, each tool from its start to its exit.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../tools/paths.mts';
import { type BenchFleet, benchPassword, startFleet } from '../fleetProcess.mts';
import { measure, type Measurement, median, ratio } from '../measure.mts';
import { completeHosts, strategies, writePlaybook } from './ansible.mts';
import { bundleJobsClient } from './bundleJobsClient.mts';
import type { JobsMeasure } from './client.mts';
import type { EngineSpec } from './engines.mts';
import { inBenchFolder } from './measureClient.mts';
import { hasAnsible } from './peers.mts';

interface Tool {
  readonly name: string;
  run(): Promise<Measurement>;
  /** The computers on which all steps came to a good end. */
  complete(run: Measurement): number;
}

/** The engine with an operation that does nothing, as ansible's does; its record is on disk. */
async function engine(spec: EngineSpec): Promise<Tool> {
  const file = await bundleJobsClient('sideband');
  return {
    name: 'sideband, the engine alone',
    run: () =>
      inBenchFolder((folder) => {
        const BENCH_SPEC = JSON.stringify({ ...spec, folder, record: 'disk' });
        return measure([process.execPath, file], { BENCH_SPEC });
      }),
    complete: ({ stdout }) => (stdout.startsWith('{') ? (JSON.parse(stdout) as JobsMeasure).done / spec.stepsEach : 0),
  };
}

/** The command line on simulated controllers that are on already: it logs in at each and reads its power, three times. */
function commandLine({ folder }: BenchFleet, { stepsEach }: EngineSpec): Tool {
  const jobs = join(folder, '.sideband', 'jobs');
  mkdirSync(jobs, { recursive: true });
  const steps = '  - uses: power.on\n'.repeat(stepsEach);
  writeFileSync(join(jobs, 'on.yaml'), `name: Power on\ntargets: '*'\nsteps:\n${steps}`);
  const command = [process.execPath, join(root, 'dist', 'cli.js'), 'job', 'run', 'on', '--yes', '--folder', folder];
  return {
    name: 'sideband job run, over IPMI',
    run: () =>
      inBenchFolder((state) => measure(command, { SIDEBAND_STATE: state, SIDEBAND_SECRET_BMC_IPMI: benchPassword })),
    complete: ({ stdout }) => stdout.match(/^\S+ +already /gm)?.length ?? 0,
  };
}

function playbooks(folder: string, { computers, stepsEach }: EngineSpec): readonly Tool[] {
  const write = writePlaybook(folder, computers, stepsEach);
  return strategies.map((strategy) => {
    const { command, env } = write(strategy);
    return {
      name: `ansible-playbook, ${strategy}`,
      run: () => measure(command, env),
      complete: ({ stdout }) => completeHosts(stdout, stepsEach),
    };
  });
}

export async function compareWithAnsible(spec: EngineSpec, pairs: number): Promise<readonly object[]> {
  const fleet = await startFleet({ count: spec.computers, dead: 0, loss: 0, delayMs: 0 }, 3);
  try {
    const ours = [await engine(spec), commandLine(fleet, spec)];
    return await inBenchFolder((folder) => {
      const theirs = hasAnsible() ? playbooks(folder, spec) : [];
      return inTurn([...ours, ...theirs], spec, pairs);
    });
  } finally {
    await fleet[Symbol.asyncDispose]();
  }
}

async function inTurn(tools: readonly Tool[], { computers }: EngineSpec, pairs: number): Promise<readonly object[]> {
  const taken = new Map<Tool, Measurement[]>(tools.map((tool) => [tool, []]));
  for (let pair = 0; pair < pairs; pair++) {
    for (const tool of tools) taken.get(tool)?.push(await tool.run());
  }
  const [alone = [], command = []] = taken.values();
  return [...taken].map(([tool, runs]) => {
    const middle = (of: (run: Measurement) => number): number => Math.round(median(runs.map(of)));
    const wall = ({ wallMs }: Measurement): number => wallMs;
    return {
      tool: tool.name,
      'wall ms': middle(wall),
      'from .. to': `${Math.round(Math.min(...runs.map(wall)))} .. ${Math.round(Math.max(...runs.map(wall)))}`,
      'cpu ms': middle(({ cpuMs }) => cpuMs),
      'rss MiB': middle(({ rssMb }) => rssMb),
      lost: runs.reduce((sum, run) => sum + computers - tool.complete(run), 0),
      'engine wall / its': ratio(alone.map(wall), runs.map(wall)).toFixed(4),
      'command wall / its': ratio(command.map(wall), runs.map(wall)).toFixed(4),
    };
  });
}
