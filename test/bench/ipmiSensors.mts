// All sensors of a whole fleet, first and with the sensor records kept, beside FreeIPMI's ipmi-sensors.
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { inOut, root } from '../tools/paths.mts';
import { type BenchFleet, benchPassword, type FleetSpec, startFleet } from './fleetProcess.mts';
import { measure, type Measurement, median, ratio } from './measure.mts';

export interface SensorsOptions extends FleetSpec {
  readonly suite: number;
  readonly pairs: number;
  /** Of each controller. */
  readonly sensors: number;
  /** Whether ipmi-sensors reads the thresholds too, as we do. */
  readonly thresholds: boolean;
}

interface Tool {
  readonly name: string;
  readonly command: (fleet: BenchFleet) => readonly string[];
  /** Where it keeps sensor records. */
  readonly kept: string;
  /** How many sensors it shows. */
  readonly shown: (stdout: string) => number;
}

const cli = join(root, 'dist', 'cli.js');
const fanout = 64;
const state = inOut('bench', 'sensor-state');
const sdrCache = inOut('bench', 'sensor-records');

const sideband: Tool = {
  name: 'sideband',
  command: ({ targets, folder }) => [
    ...[process.execPath, cli, 'show', 'sensors', targets, '--folder', folder, '--json', '--timeout', '10m'],
  ],
  kept: state,
  shown(stdout) {
    const { results } = JSON.parse(stdout) as { results: readonly { value?: { rows: readonly unknown[] } }[] };
    return results.reduce((sum, { value }) => sum + (value?.rows.length ?? 0), 0);
  },
};

const ipmiSensors = ({ suite, thresholds }: SensorsOptions): Tool => {
  const login = ['-u', 'admin', '-p', benchPassword, '-D', 'LAN_2_0', '-I', String(suite), '-l', 'USER'];
  const output = ['-F', String(fanout), '--comma-separated-output', '--no-header-output'];
  const limits = thresholds ? ['--output-sensor-thresholds'] : [];
  return {
    name: 'ipmi-sensors',
    command: ({ hosts }) => [
      ...[
        'ipmi-sensors',
        ...login,
        ...output,
        ...limits,
        '-Q',
        '--sdr-cache-directory',
        sdrCache,
        '-h',
        hosts.join(','),
      ],
    ],
    kept: sdrCache,
    shown: (stdout) => stdout.match(/^127\.20\.\d+\.\d+: \d+,/gm)?.length ?? 0,
  };
};

interface Runs {
  readonly first: Measurement[];
  readonly cached: Measurement[];
}

/** Measures in turn, so that each of our runs has a peer's run beside it. */
export async function ipmiSensorsBench(options: SensorsOptions): Promise<object> {
  const { count, suite, pairs, sensors, delayMs, thresholds } = options;
  const fleet = await startFleet(options, suite, sensors);
  try {
    const tools = [sideband, ipmiSensors(options)];
    const taken = new Map<Tool, Runs>(tools.map((tool) => [tool, { first: [], cached: [] }]));
    for (let pair = 0; pair < pairs; pair++) {
      for (const [tool, runs] of taken) {
        rmSync(tool.kept, { recursive: true, force: true });
        mkdirSync(tool.kept, { recursive: true });
        runs.first.push(await run(tool, fleet));
        runs.cached.push(await run(tool, fleet));
      }
    }
    const [ours, theirs] = [...taken.values()];
    const rows = (['first', 'cached'] as const).map((kind) => {
      const wall = (runs: Runs | undefined): number[] => (runs?.[kind] ?? []).map(({ wallMs }) => wallMs);
      const cpu = (runs: Runs | undefined): number[] => (runs?.[kind] ?? []).map(({ cpuMs }) => cpuMs);
      return {
        read: kind,
        'our wall ms': Math.round(median(wall(ours))),
        'ipmi-sensors ms': Math.round(median(wall(theirs))),
        'wall ratio': ratio(wall(ours), wall(theirs)).toFixed(2),
        'cpu ratio': ratio(cpu(ours), cpu(theirs)).toFixed(2),
        'our sensors lost': lost(sideband, ours?.[kind], count * sensors),
        'its sensors lost': lost(ipmiSensors(options), theirs?.[kind], count * sensors),
      };
    });
    console.log(
      `\n${count} controllers with ${sensors} sensors, suite ${suite}, ${delayMs} ms, ${thresholds ? 'with thresholds, ' : ''}${pairs} pairs`,
    );
    console.table(rows);
    return { ...options, rows };
  } finally {
    await fleet[Symbol.asyncDispose]();
  }
}

function run(tool: Tool, fleet: BenchFleet): Promise<Measurement> {
  return measure(tool.command(fleet), { SIDEBAND_SECRET_BMC_IPMI: benchPassword, SIDEBAND_STATE: state });
}

function lost({ shown }: Tool, runs: readonly Measurement[] = [], expected: number): number {
  return runs.reduce((sum, { stdout }) => sum + expected - shown(stdout), 0);
}
