// The power state of a whole fleet, from the command's start to its exit, beside FreeIPMI's ipmipower and ipmitool.
import { join } from 'node:path';
import { root } from '../tools/paths.mts';
import { type BenchFleet, benchPassword, type FleetSpec, startFleet } from './fleetProcess.mts';
import { measure, type Measurement, median, ratio } from './measure.mts';

export interface SweepOptions extends FleetSpec {
  readonly suite: number;
  readonly pairs: number;
}

interface Run extends Measurement {
  readonly answers: number;
  /** When the last living controller was shown. */
  readonly livingMs: number;
  readonly sessionsLeft: number;
}

interface Tool {
  readonly name: string;
  readonly command: (fleet: BenchFleet) => readonly string[];
  /** A line of a controller that answered. */
  readonly answer: RegExp;
}

const cli = join(root, 'dist', 'cli.js');

const sideband: Tool = {
  name: 'sideband',
  command: ({ targets, folder }) => [process.execPath, cli, 'do', 'power.status', targets, '--folder', folder],
  answer: / +done +on /,
};

const ipmipower = (suite: number): Tool => {
  const login = ['-u', 'admin', '-p', benchPassword, '-D', 'LAN_2_0', '-I', String(suite), '-l', 'USER'];
  // Each controller takes it a socket, and select() ends at 1,024 of them.
  const script = `printf '%s\\n' "$@" | xargs -P2 -n4 sh -c 'IFS=,; exec ipmipower --stat ${login.join(' ')} -h "$*"' sh`;
  return {
    name: 'ipmipower',
    command: ({ hosts }) =>
      hosts.length > 4
        ? ['sh', '-c', script, 'sh', ...hosts]
        : ['ipmipower', '--stat', ...login, '-h', hosts.join(',')],
    answer: /: on$/m,
  };
};

const ipmitool = (suite: number): Tool => {
  const login = `-I lanplus -C ${suite} -U admin -P ${benchPassword} -L USER -N 1`;
  const script = `printf '%s\\n' "$@" | xargs -P16 -I{} ipmitool ${login} -H {} chassis power status`;
  return {
    name: 'ipmitool',
    command: ({ hosts }) => ['sh', '-c', script, 'sh', ...hosts.flatMap(namesOf)],
    answer: /is on$/m,
  };
};

function namesOf(range: string): readonly string[] {
  return Array.from({ length: 250 }, (_, index) => range.replace(/\[.*\]/, String(index + 1)));
}

async function runTool(tool: Tool, fleet: BenchFleet): Promise<Run> {
  const before = await fleet.stats();
  const measured = await measure(tool.command(fleet), { SIDEBAND_SECRET_BMC_IPMI: benchPassword });
  const after = await fleet.stats();
  const every = new RegExp(tool.answer.source, 'gm');
  return {
    ...measured,
    answers: measured.stdout.match(every)?.length ?? 0,
    livingMs: measured.lastMs(tool.answer),
    sessionsLeft: after.openSessions - before.openSessions,
  };
}

/** Measures in turn, so that each of our runs has a peer's run beside it. */
export async function ipmiSweep(options: SweepOptions, withIpmitool: boolean): Promise<object> {
  const fleet = await startFleet(options, options.suite);
  try {
    return await sweepInTurn(fleet, options, withIpmitool);
  } finally {
    await fleet[Symbol.asyncDispose]();
  }
}

async function sweepInTurn(fleet: BenchFleet, options: SweepOptions, withIpmitool: boolean): Promise<object> {
  const { suite, pairs, count, dead, delayMs, loss } = options;
  const living = dead > 0 ? count - Math.floor(count / Math.round(100 / dead)) : count;
  const tools = [sideband, ipmipower(suite), ...(withIpmitool ? [ipmitool(suite)] : [])];
  const taken = new Map<Tool, Run[]>(tools.map((tool) => [tool, []]));
  for (let pair = 0; pair < pairs; pair++) {
    for (const tool of tools) taken.get(tool)?.push(await runTool(tool, fleet));
  }
  const ours = taken.get(sideband) ?? [];
  const rows = [...taken].map(([{ name }, runs]) => {
    const times = (of: (run: Run) => number): number => Math.round(median(runs.map(of)));
    const against = (of: (run: Run) => number): string => ratio(ours.map(of), runs.map(of)).toFixed(2);
    return {
      tool: name,
      'wall ms': times(({ wallMs }) => wallMs),
      'last living ms': times(({ livingMs }) => livingMs),
      'cpu ms': times(({ cpuMs }) => cpuMs),
      'rss MiB': times(({ rssMb }) => rssMb),
      'answers lost': runs.reduce((sum, { answers }) => sum + living - answers, 0),
      'sessions left': runs.reduce((sum, { sessionsLeft }) => sum + sessionsLeft, 0),
      'our wall / its': against(({ wallMs }) => wallMs),
      'our cpu / its': against(({ cpuMs }) => cpuMs),
      'our rss / its': against(({ rssMb }) => rssMb),
    };
  });
  console.log(`\n${count} controllers, suite ${suite}, ${delayMs} ms, ${loss} % loss, ${dead} % dead, ${pairs} pairs`);
  console.table(rows);
  return { ...options, rows };
}
