// WS-Management on connections that stand: requests a second of the engine's own client beside a bare floor and undici.
import { writeFileSync } from 'node:fs';
import { inOut } from '../tools/paths.mts';
import { bundleWarm, type WarmName } from './amt/bundleClient.mts';
import type { Target } from './amt/client.mts';
import { startAmtFleet } from './amt/fleetProcess.mts';
import { ensurePeers } from './amt/peers.mts';
import { recordedAnswer } from './amt/warm/recordedAnswer.mts';
import type { WarmResult } from './amt/warm/run.mts';
import { measure, median, ratio } from './measure.mts';
import { type Program, startSimulator } from './simulatorProcess.mts';

const requests = 20_000;
const connections = 8;
const names: readonly WarmName[] = ['sideband', 'floor', 'undici', 'undiciXml'];
const program: Program = {
  name: 'amt-answerer',
  contents: `import { start } from './test/bench/amt/warm/answerer.mts';`,
};

interface Devices extends AsyncDisposable {
  readonly what: string;
  /** The file that lists the targets. */
  readonly file: string;
}

/** Measures in turn. Gives a report; a run that lost answers fails the whole. */
export async function amtWarm(pairs: number): Promise<object> {
  const peers = await ensurePeers();
  const programs = new Map<WarmName, string>();
  for (const name of names) programs.set(name, await bundleWarm(name));
  const reports: object[] = [];
  for (const start of [startAnswerer, startSimulators]) {
    const devices = await start();
    try {
      const taken = new Map<WarmName, WarmResult[]>(names.map((name) => [name, []]));
      for (let pair = 0; pair < pairs; pair++) {
        for (const [name, file] of programs) {
          const command = [process.execPath, file, devices.file, String(requests)];
          const { stdout } = await measure(command, { BENCH_PEERS: peers });
          taken.get(name)?.push(resultIn(stdout));
        }
      }
      reports.push(report(devices.what, pairs, taken));
    } finally {
      await devices[Symbol.asyncDispose]();
    }
  }
  return { requests, connections, pairs, reports };
}

/** The client is the limit. */
async function startAnswerer(): Promise<Devices> {
  const answerer = await startSimulator<{ readonly port: number }, object>(program, { parts: recordedAnswer() });
  const target: Target = { host: '127.0.0.1', port: answerer.facts.port, tls: false, fingerprint: '' };
  const file = inOut('bench', 'amt-warm-targets.json');
  writeFileSync(file, JSON.stringify(Array.from({ length: connections }, () => target)));
  const what = 'a device that knows one answer';
  return { what, file, [Symbol.asyncDispose]: () => answerer[Symbol.asyncDispose]() };
}

/** The devices are the limit, as real ones are. */
async function startSimulators(): Promise<Devices> {
  const fleet = await startAmtFleet({ count: connections, tls: false, delayMs: 0, afterRejection: 'keep' });
  const what = 'simulated devices in one process';
  return { what, file: fleet.file, [Symbol.asyncDispose]: () => fleet[Symbol.asyncDispose]() };
}

function resultIn(output: string): WarmResult {
  const last = output.trim().split('\n').at(-1) ?? '';
  const none = { answers: 0, wallMs: Number.NaN, cpuMs: Number.NaN };
  return last.startsWith('{') ? (JSON.parse(last) as WarmResult) : none;
}

function report(what: string, pairs: number, taken: ReadonlyMap<WarmName, readonly WarmResult[]>): object {
  const ours = taken.get('sideband') ?? [];
  const perSecond = ({ wallMs }: WarmResult): number => (1000 * requests) / wallMs;
  const perCpuSecond = ({ cpuMs }: WarmResult): number => (1000 * requests) / cpuMs;
  const rows = [...taken].map(([client, runs]) => {
    const against = (of: (run: WarmResult) => number): string => ratio(ours.map(of), runs.map(of)).toFixed(2);
    const rates = runs.map((run) => Math.round(perSecond(run)));
    return {
      client,
      'requests/s': median(rates),
      'from .. to': `${Math.min(...rates)} .. ${Math.max(...rates)}`,
      'cpu µs each': ((median(runs.map(({ cpuMs }) => cpuMs)) * 1000) / requests).toFixed(1),
      lost: runs.reduce((sum, { answers }) => sum + requests - answers, 0),
      'our requests/s / its': against(perSecond),
      'our requests/cpu s / its': against(perCpuSecond),
    };
  });
  console.log(`\n${requests} requests on ${connections} connections to ${what}, ${pairs} pairs`);
  console.table(rows);
  const isComplete = rows.every(({ lost }) => lost === 0);
  if (!isComplete) {
    process.exitCode = 1;
    console.log('FAILED: answers were lost; these times are of no use');
  }
  return { what, isComplete, rows };
}
