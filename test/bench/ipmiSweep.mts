// The power state of a whole fleet, from the command's start to its exit, beside FreeIPMI's ipmipower and ipmitool.
import { join } from 'node:path';
import { root } from '../tools/paths.mts';
import { type BenchFleet, benchPassword, type FleetSpec, startFleet } from './fleetProcess.mts';
import { measure, type Measurement, median, ratio } from './measure.mts';

export interface SweepOptions extends FleetSpec {
  readonly suite: number;
  readonly pairs: number;
}

type Tool = (fleet: BenchFleet) => Promise<{ readonly measured: Measurement; readonly answers: number }>;

const cli = join(root, 'dist', 'cli.js');

const sideband: (suite: number) => Tool = () => async (fleet) => {
  const command = [process.execPath, cli, 'do', 'power.status', fleet.targets, '--json', '--folder', fleet.folder];
  const measured = await measure(command, { SIDEBAND_SECRET_BMC_IPMI: benchPassword });
  const { results } = JSON.parse(measured.stdout) as { results: readonly { ok: boolean }[] };
  return { measured, answers: results.filter(({ ok }) => ok).length };
};

const ipmipower: (suite: number) => Tool = (suite) => async (fleet) => {
  const login = ['-u', 'admin', '-p', benchPassword, '-D', 'LAN_2_0', '-I', String(suite), '-l', 'USER'];
  const measured = await measure(['ipmipower', '--stat', ...login, '-h', fleet.hosts.join(',')]);
  return { measured, answers: measured.stdout.match(/: on$/gm)?.length ?? 0 };
};

const ipmitool: (suite: number) => Tool = (suite) => async (fleet) => {
  const login = `-I lanplus -C ${suite} -U admin -P ${benchPassword} -L USER -N 1`;
  const hosts = fleet.hosts.flatMap((range) =>
    Array.from({ length: 250 }, (_, index) => range.replace(/\[.*\]/, String(index + 1))),
  );
  const script = `printf '%s\\n' ${hosts.join(' ')} | xargs -P16 -I{} ipmitool ${login} -H {} chassis power status`;
  const measured = await measure(['sh', '-c', script]);
  return { measured, answers: measured.stdout.match(/is on$/gm)?.length ?? 0 };
};

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
  const { suite, pairs, count, dead } = options;
  const living = dead > 0 ? count - Math.floor(count / Math.round(100 / dead)) : count;
  const tools: readonly (readonly [string, Tool])[] = [
    ['sideband', sideband(suite)],
    ['ipmipower', ipmipower(suite)],
    ...(withIpmitool ? ([['ipmitool', ipmitool(suite)]] as const) : []),
  ];
  const taken = new Map<string, Measurement[]>(tools.map(([name]) => [name, []]));
  const lost = new Map<string, number>(tools.map(([name]) => [name, 0]));
  for (let pair = 0; pair < pairs; pair++) {
    for (const [name, tool] of tools) {
      const { measured, answers } = await tool(fleet);
      taken.get(name)?.push(measured);
      lost.set(name, (lost.get(name) ?? 0) + living - answers);
    }
  }
  const ours = taken.get('sideband') ?? [];
  const rows = [...taken].map(([name, runs]) => ({
    tool: name,
    'wall ms': Math.round(median(runs.map(({ wallMs }) => wallMs))),
    'cpu ms': Math.round(median(runs.map(({ cpuMs }) => cpuMs))),
    'rss MiB': Math.round(median(runs.map(({ rssMb }) => rssMb))),
    'answers lost': lost.get(name),
    'our wall / its': ratio(
      ours.map(({ wallMs }) => wallMs),
      runs.map(({ wallMs }) => wallMs),
    ).toFixed(2),
    'our cpu / its': ratio(
      ours.map(({ cpuMs }) => cpuMs),
      runs.map(({ cpuMs }) => cpuMs),
    ).toFixed(2),
    'our rss / its': ratio(
      ours.map(({ rssMb }) => rssMb),
      runs.map(({ rssMb }) => rssMb),
    ).toFixed(2),
  }));
  const { openSessions } = await fleet.stats();
  console.log(
    `\n${count} controllers, suite ${suite}, ${options.delayMs} ms, ${options.loss} % loss, ${dead} % dead, ${pairs} pairs`,
  );
  console.table(rows);
  console.log(`sessions left open: ${openSessions}`);
  return { ...options, openSessions, rows };
}
