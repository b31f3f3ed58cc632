// WS-Management on connections that stand: requests a second of the engine's own client beside a bare floor and undici.
import { writeFileSync } from 'node:fs';
import { inOut } from '../tools/paths.mts';
import { bundleWarm, type WarmName } from './amt/bundleClient.mts';
import type { Target } from './amt/client.mts';
import { ensurePeers } from './amt/peers.mts';
import { recordedAnswer } from './amt/warm/recordedAnswer.mts';
import type { WarmResult } from './amt/warm/run.mts';
import { measure, median, ratio } from './measure.mts';
import { type Program, startSimulator } from './simulatorProcess.mts';

const requests = 20_000;
const connections = 8;
const names: readonly WarmName[] = ['sideband', 'floor', 'undici'];
const program: Program = {
  name: 'amt-answerer',
  contents: `import { start } from './test/bench/amt/warm/answerer.mts';`,
};

/** Measures in turn. Gives a report; a run that lost answers fails the whole. */
export async function amtWarm(pairs: number): Promise<object> {
  const peers = await ensurePeers();
  const files = new Map<WarmName, string>();
  for (const name of names) files.set(name, await bundleWarm(name));
  const answerer = await startSimulator<{ readonly port: number }, object>(program, { parts: recordedAnswer() });
  try {
    const target: Target = { host: '127.0.0.1', port: answerer.facts.port, tls: false, fingerprint: '' };
    const targets = inOut('bench', 'amt-warm-targets.json');
    writeFileSync(targets, JSON.stringify(Array.from({ length: connections }, () => target)));
    const taken = new Map<WarmName, WarmResult[]>(names.map((name) => [name, []]));
    for (let pair = 0; pair < pairs; pair++) {
      for (const [name, file] of files) {
        const command = [process.execPath, file, targets, String(requests)];
        const { stdout } = await measure(command, { BENCH_PEERS: peers });
        taken.get(name)?.push(resultIn(stdout));
      }
    }
    return report(pairs, taken);
  } finally {
    await answerer[Symbol.asyncDispose]();
  }
}

function resultIn(output: string): WarmResult {
  const last = output.trim().split('\n').at(-1) ?? '';
  const none = { answers: 0, wallMs: Number.NaN, cpuMs: Number.NaN };
  return last.startsWith('{') ? (JSON.parse(last) as WarmResult) : none;
}

function report(pairs: number, taken: ReadonlyMap<WarmName, readonly WarmResult[]>): object {
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
  console.log(`\n${requests} requests on ${connections} connections, ${pairs} pairs`);
  console.table(rows);
  const isComplete = rows.every(({ lost }) => lost === 0);
  if (!isComplete) {
    process.exitCode = 1;
    console.log('FAILED: answers were lost; these times are of no use');
  }
  return { requests, connections, pairs, isComplete, rows };
}
