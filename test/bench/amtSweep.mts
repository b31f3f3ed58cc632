// Power state and inventory of many AMT devices beside MeshCentral's modules, the Device Management Toolkit's way, curl, and a bare floor.
import { join } from 'node:path';
import { root } from '../tools/paths.mts';
import type { ClientName, Task } from './amt/client.mts';
import { password } from './amt/common.mts';
import { type AmtBenchFleet, type AmtFleetSpec, type AmtFleetStats, startAmtFleet } from './amt/fleetProcess.mts';
import { ensurePeers } from './amt/peers.mts';
import { bundleSidebandClient } from './amt/sidebandClient.mts';
import { measure, type Measurement, median, ratio } from './measure.mts';

export interface AmtSweepOptions extends AmtFleetSpec {
  readonly pairs: number;
  readonly task: Task;
}

interface Tool {
  readonly name: string;
  readonly command: (fleet: AmtBenchFleet) => readonly string[];
  readonly answers: (run: Measurement) => number;
}

interface Run extends Measurement {
  readonly answers: number;
  readonly stats: AmtFleetStats;
}

const cli = join(root, 'dist', 'cli.js');
const worker = join(root, 'test', 'bench', 'amt', 'client.mts');

/** From the command's start to its exit, with plan, policy and tables. */
const command: Tool = {
  name: 'sideband do power.status',
  command: ({ folder }) => [
    process.execPath,
    cli,
    'do',
    'power.status',
    '*',
    '--folder',
    folder,
    '--concurrency',
    '256',
  ],
  answers: ({ stdout }) => stdout.match(/ +done +on /gm)?.length ?? 0,
};

const client = (name: ClientName, task: Task): Tool => ({
  name,
  command: ({ file }) => [process.execPath, worker, name, task, file],
  answers: ({ stdout }) => (JSON.parse(stdout.trim().split('\n').at(-1) ?? '{}') as { answers?: number }).answers ?? 0,
});

/** Measures in turn, so that each run has the others' runs beside it. */
export async function amtSweep(options: AmtSweepOptions): Promise<object> {
  await ensurePeers();
  await bundleSidebandClient();
  const { task, pairs, count } = options;
  const names: readonly ClientName[] =
    task === 'power'
      ? ['sideband', 'floor', 'meshcentral', 'dmt', 'curl']
      : ['sideband', 'floor', 'meshcentral', 'dmt'];
  const tools = [...(task === 'power' ? [command] : []), ...names.map((name) => client(name, task))];
  const fleet = await startAmtFleet(options);
  try {
    const taken = new Map<Tool, Run[]>(tools.map((tool) => [tool, []]));
    for (let pair = 0; pair < pairs; pair++) {
      for (const tool of tools) taken.get(tool)?.push(await runTool(tool, fleet));
    }
    return report(options, taken, count);
  } finally {
    await fleet[Symbol.asyncDispose]();
  }
}

async function runTool(tool: Tool, fleet: AmtBenchFleet): Promise<Run> {
  await fleet.stats();
  const measured = await measure(tool.command(fleet), { SIDEBAND_SECRET_OFFICE_AMT: password });
  return { ...measured, answers: tool.answers(measured), stats: await fleet.stats() };
}

function report(options: AmtSweepOptions, taken: ReadonlyMap<Tool, readonly Run[]>, count: number): object {
  const [ours = []] = taken.values();
  const rows = [...taken].map(([{ name }, runs]) => {
    const middle = (of: (run: Run) => number): number => median(runs.map(of));
    const against = (of: (run: Run) => number): string => ratio(ours.map(of), runs.map(of)).toFixed(2);
    return {
      client: name,
      'wall ms': Math.round(middle(({ wallMs }) => wallMs)),
      'cpu ms': Math.round(middle(({ cpuMs }) => cpuMs)),
      'rss MiB': Math.round(middle(({ rssMb }) => rssMb)),
      'answers lost': runs.reduce((sum, { answers }) => sum + count - answers, 0),
      'connections each': (middle(({ stats }) => stats.connections) / count).toFixed(2),
      'handshakes each': (middle(({ stats }) => stats.tlsHandshakes) / count).toFixed(2),
      'of them resumed': (middle(({ stats }) => stats.tlsResumed) / count).toFixed(2),
      'first wall / its': against(({ wallMs }) => wallMs),
      'first cpu / its': against(({ cpuMs }) => cpuMs),
    };
  });
  const { task, tls, delayMs, afterRejection, pairs } = options;
  console.log(
    `\n${task} of ${count} devices, ${tls ? 'TLS' : 'in clear'}, ${delayMs} ms, after a 401 they ${afterRejection} the connection, ${pairs} pairs`,
  );
  console.table(rows);
  return { ...options, rows };
}
