// Simulated AMT devices, and a folder that reaches them.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inOut } from '../../tools/paths.mts';
import { type Program, startSimulator } from '../simulatorProcess.mts';
import type { Target } from './client.mts';
import { user } from './common.mts';

export interface AmtFleetSpec {
  readonly count: number;
  readonly tls: boolean;
  readonly delayMs: number;
  /** Whether the devices close the connection after a 401, as recorded ones do, or keep it. */
  readonly afterRejection: 'close' | 'keep';
}

export interface AmtFleetStats {
  readonly connections: number;
  readonly tlsHandshakes: number;
  readonly tlsResumed: number;
  readonly requests: number;
}

export interface AmtBenchFleet extends AsyncDisposable {
  readonly folder: string;
  readonly targets: readonly Target[];
  /** The file that lists the targets. */
  readonly file: string;
  /** Since the last call. */
  stats(): Promise<AmtFleetStats>;
}

const ports = { port: 16992, tlsPort: 16993 };
const perBlock = 250;
const net = 21;

const program: Program = {
  name: 'amt-fleet',
  contents: `
    import { X509Certificate } from 'node:crypto';
    import { AmtSimulator } from './src/simulators/amt/simulator';
    import { publicTestCertificate } from './src/simulators/amt/certificate';
    async function start({ count, tls, delayMs, afterRejection }) {
      const devices = Array.from({ length: count }, () => ({ delayMs, afterRejection, ports: tls ? 'tls' : 'plain' }));
      const fingerprint = new X509Certificate(publicTestCertificate).fingerprint256.replaceAll(':', '').toLowerCase();
      const simulator = await AmtSimulator.start({ devices, layout: 'addresses', net: ${net}, port: ${ports.port}, tlsPort: ${ports.tlsPort} });
      const keys = ['connections', 'tlsHandshakes', 'tlsResumed', 'requests'];
      const before = {};
      const since = (key) => {
        const now = simulator.devices.reduce((sum, { device }) => sum + device.counters[key], 0);
        const more = now - (before[key] ?? 0);
        before[key] = now;
        return more;
      };
      return { facts: { fingerprint }, stats: () => Object.fromEntries(keys.map((key) => [key, since(key)])) };
    }`,
};

/** Starts the devices on 127.21.0.1 and upwards, and writes a folder that reaches them. */
export async function startAmtFleet(spec: AmtFleetSpec): Promise<AmtBenchFleet> {
  const simulator = await startSimulator<{ readonly fingerprint: string }, AmtFleetStats>(program, spec);
  const { fingerprint } = simulator.facts;
  const folder = inOut('bench', 'amt-folder');
  mkdirSync(join(folder, '.sideband'), { recursive: true });
  writeFileSync(join(folder, '.sideband', 'fleet.yaml'), fleetYaml(spec, fingerprint));
  const targets = Array.from({ length: spec.count }, (_, index) => ({
    host: `127.${net}.${Math.floor(index / perBlock)}.${1 + (index % perBlock)}`,
    port: spec.tls ? ports.tlsPort : ports.port,
    tls: spec.tls,
    fingerprint,
  }));
  const file = inOut('bench', 'amt-targets.json');
  writeFileSync(file, JSON.stringify(targets));
  return {
    folder,
    targets,
    file,
    stats: () => simulator.stats(),
    [Symbol.asyncDispose]: () => simulator[Symbol.asyncDispose](),
  };
}

function fleetYaml({ count, tls }: AmtFleetSpec, fingerprint: string): string {
  const blocks = Math.ceil(count / perBlock);
  const security = tls ? `tls: true, fingerprint: '${fingerprint}'` : 'tls: false';
  return `version: 1
profiles: { office: { amt: { user: ${user}, ${security} } } }
computers:
  'b[0-${blocks - 1}]n[1-${Math.min(count, perBlock)}]': { host: '127.${net}.{1}.{2}', profile: office }
`;
}
