// Power state and inventory of many AMT devices beside MeshCentral's modules, the Device Management Toolkit's way, curl, and a bare floor.
import { join } from 'node:path';
import { root } from '../tools/paths.mts';
import { bundleClient, type ClientName } from './amt/bundleClient.mts';
import type { Task } from './amt/client.mts';
import { password } from './amt/common.mts';
import { type AmtBenchFleet, type AmtFleetSpec, type AmtFleetStats, startAmtFleet } from './amt/fleetProcess.mts';
import { ensurePeers } from './amt/peers.mts';
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

const names: Readonly<Record<Task, readonly ClientName[]>> = {
  power: ['sideband', 'floor', 'meshCentral', 'dmt', 'curl'],
  inventory: ['sideband', 'floor', 'meshCentral', 'dmt'],
};

const cli = join(root, 'dist', 'cli.js');

/** From the command's start to its exit, with plan, policy and tables. */
const command: Tool = {
  name: 'sideband do power.status',
  command: ({ folder }) => {
    const args = ['do', 'power.status', '*', '--folder', folder, '--concurrency', '256'];
    return [process.execPath, cli, ...args];
  },
  answers: ({ stdout }) => stdout.match(/ +done +on /gm)?.length ?? 0,
};

const client = async (name: ClientName, task: Task): Promise<Tool> => {
  const bundled = await bundleClient(name);
  return {
    name,
    command: ({ file }) => [process.execPath, bundled, task, file],
    answers: ({ stdout }) => {
      const last = stdout.trim().split('\n').at(-1) ?? '';
      return last.startsWith('{') ? (JSON.parse(last) as { readonly answers: number }).answers : 0;
    },
  };
};

/** Measures in turn, so that each run has the others' runs beside it. Gives a report; a run that lost answers fails the whole. */
export async function amtSweep(options: AmtSweepOptions): Promise<object> {
  const { task, pairs } = options;
  const peers = await ensurePeers();
  const clients = await Promise.all(names[task].map((name) => client(name, task)));
  const tools = [...clients, ...(task === 'power' ? [command] : [])];
  const fleet = await startAmtFleet(options);
  try {
    const taken = new Map<Tool, Run[]>(tools.map((tool) => [tool, []]));
    for (let pair = 0; pair < pairs; pair++) {
      for (const tool of tools) taken.get(tool)?.push(await runTool(tool, fleet, peers));
    }
    return report(options, taken);
  } finally {
    await fleet[Symbol.asyncDispose]();
  }
}

async function runTool(tool: Tool, fleet: AmtBenchFleet, peers: string): Promise<Run> {
  await fleet.stats();
  const measured = await measure(tool.command(fleet), { SIDEBAND_SECRET_OFFICE_AMT: password, BENCH_PEERS: peers });
  return { ...measured, answers: measured.code === 0 ? tool.answers(measured) : 0, stats: await fleet.stats() };
}

/** The first tool is ours. */
function report(options: AmtSweepOptions, taken: ReadonlyMap<Tool, readonly Run[]>): object {
  const { task, tls, delayMs, afterRejection, pairs, count } = options;
  const [ours = []] = taken.values();
  const rows = [...taken].map(([{ name }, runs]) => {
    const middle = (of: (run: Run) => number): number => Math.round(median(runs.map(of)));
    const each = (of: (stats: AmtFleetStats) => number): string =>
      (middle(({ stats }) => of(stats)) / count).toFixed(2);
    const against = (of: (run: Run) => number): string => ratio(ours.map(of), runs.map(of)).toFixed(2);
    const wall = runs.map(({ wallMs }) => Math.round(wallMs));
    return {
      client: name,
      'wall ms': middle(({ wallMs }) => wallMs),
      'from .. to': `${Math.min(...wall)} .. ${Math.max(...wall)}`,
      'cpu ms': middle(({ cpuMs }) => cpuMs),
      'rss MiB': middle(({ rssMb }) => rssMb),
      lost: runs.reduce((sum, { answers }) => sum + count - answers, 0),
      'requests each': each(({ requests }) => requests),
      'connections each': each(({ connections }) => connections),
      ...(tls && { 'handshakes each': each(({ tlsHandshakes }) => tlsHandshakes) }),
      ...(tls && { 'of them resumed': each(({ tlsResumed }) => tlsResumed) }),
      'our wall / its': against(({ wallMs }) => wallMs),
      'our cpu / its': against(({ cpuMs }) => cpuMs),
    };
  });
  const security = tls ? 'TLS' : 'in clear';
  const rejection = `after a 401 they ${afterRejection} the connection`;
  console.log(`\n${task} of ${count} devices, ${security}, ${delayMs} ms, ${rejection}, ${pairs} pairs`);
  console.table(rows);
  const isComplete = rows.every(({ lost }) => lost === 0);
  if (!isComplete) {
    process.exitCode = 1;
    console.log('FAILED: answers were lost; these times are of no use');
  }
  return { ...options, isComplete, rows };
}
