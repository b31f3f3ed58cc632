// Simulated AMT devices in a process of their own, so that their work is not counted as the client's.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundle } from '../../tools/bundle.mts';
import { inOut } from '../../tools/paths.mts';
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

/** Starts the devices on 127.21.0.1 and upwards, and writes a folder that reaches them. */
export async function startAmtFleet(spec: AmtFleetSpec): Promise<AmtBenchFleet> {
  const child = fork(await bundleFleet(), [], { env: { ...process.env, BENCH_FLEET: JSON.stringify(spec) } });
  const [{ fingerprint }] = (await once(child, 'message')) as [{ readonly fingerprint: string }];
  const folder = inOut('bench', 'amt-folder');
  mkdirSync(join(folder, '.sideband'), { recursive: true });
  writeFileSync(join(folder, '.sideband', 'fleet.yaml'), fleetYaml(spec, fingerprint));
  const targets = Array.from({ length: spec.count }, (_, index) => ({
    host: `127.${net}.${Math.floor(index / perBlock)}.${1 + (index % perBlock)}`,
    port: spec.tls ? ports.tlsPort : ports.port,
    tls: spec.tls,
  }));
  const file = inOut('bench', 'amt-targets.json');
  writeFileSync(file, JSON.stringify(targets));
  return {
    folder,
    targets,
    file,
    async stats() {
      child.send('stats');
      return ((await once(child, 'message')) as [AmtFleetStats])[0];
    },
    async [Symbol.asyncDispose]() {
      const gone = once(child, 'exit');
      child.kill();
      await gone;
    },
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

function bundleFleet(): Promise<string> {
  const contents = `
    import { X509Certificate } from 'node:crypto';
    import { AmtSimulator } from './src/simulators/amt/simulator';
    import { publicTestCertificate } from './src/simulators/amt/certificate';
    const { count, tls, delayMs, afterRejection } = JSON.parse(process.env.BENCH_FLEET);
    const devices = Array.from({ length: count }, () => ({ delayMs, afterRejection, ports: tls ? 'tls' : 'plain' }));
    const fingerprint = new X509Certificate(publicTestCertificate).fingerprint256.replaceAll(':', '').toLowerCase();
    let before = { connections: 0, tlsHandshakes: 0, tlsResumed: 0, requests: 0 };
    const total = (simulator) => Object.fromEntries(Object.keys(before).map((key) =>
      [key, simulator.devices.reduce((sum, { device }) => sum + device.counters[key], 0)]));
    void AmtSimulator.start({ devices, layout: 'addresses', net: ${net}, port: ${ports.port}, tlsPort: ${ports.tlsPort} }).then((simulator) => {
      process.on('message', () => {
        const now = total(simulator);
        process.send(Object.fromEntries(Object.keys(now).map((key) => [key, now[key] - before[key]])));
        before = now;
      });
      process.send({ fingerprint });
    });`;
  return bundle(contents, inOut('bench', 'amt-fleet.cjs'));
}
