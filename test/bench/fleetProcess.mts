// A simulated fleet in a process of its own, so that its work is not counted as the client's.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundle } from '../tools/bundle.mts';
import { inOut } from '../tools/paths.mts';

export interface FleetSpec {
  readonly count: number;
  /** Per cent of the controllers that answer nothing. */
  readonly dead: number;
  /** Per cent of datagrams that are lost, each way. */
  readonly loss: number;
  readonly delayMs: number;
}

export interface FleetStats {
  readonly resets: readonly number[];
  readonly openSessions: number;
  readonly received: number;
}

export interface BenchFleet extends AsyncDisposable {
  readonly folder: string;
  /** Every computer, as our targets and as host ranges of FreeIPMI. */
  readonly targets: string;
  readonly hosts: readonly string[];
  stats(): Promise<FleetStats>;
}

export const benchPort = 623;
export const benchPassword = 'demo';
const perBlock = 250;

/** Starts the fleet on 127.20.0.1 and upwards, and writes a folder that reaches it. */
export async function startFleet(spec: FleetSpec, cipherSuite: number, sensors?: number): Promise<BenchFleet> {
  const child = fork(await bundleFleet(), [], {
    env: { ...process.env, BENCH_FLEET: JSON.stringify({ ...spec, sensors }) },
    stdio: 'inherit',
  });
  await once(child, 'message');
  const blocks = Math.ceil(spec.count / perBlock);
  const folder = inOut('bench', 'folder');
  mkdirSync(join(folder, '.sideband'), { recursive: true });
  writeFileSync(join(folder, '.sideband', 'fleet.yaml'), fleetYaml(blocks, cipherSuite));
  return {
    folder,
    targets: '*',
    hosts: Array.from({ length: blocks }, (_, block) => `127.20.${block}.[1-${perBlock}]`),
    async stats() {
      child.send('stats');
      const [stats] = (await once(child, 'message')) as [FleetStats];
      return stats;
    },
    async [Symbol.asyncDispose]() {
      const gone = once(child, 'exit');
      child.kill();
      await gone;
    },
  };
}

function fleetYaml(blocks: number, cipherSuite: number): string {
  return `version: 1
profiles: { bmc: { ipmi: { user: admin, port: ${benchPort}, cipherSuite: ${cipherSuite} } } }
computers:
  'b[0-${blocks - 1}]n[1-${perBlock}]': { host: '127.20.{1}.{2}', profile: bmc }
`;
}

function bundleFleet(): Promise<string> {
  const contents = `
    import { IpmiSimulator } from './src/simulators/ipmi/simulator';
    const { count, dead, loss, delayMs, sensors } = JSON.parse(process.env.BENCH_FLEET);
    const network = { loseRequests: loss / 100, loseAnswers: loss / 100, delayMs };
    const every = dead > 0 ? Math.round(100 / dead) : Infinity;
    const bmcs = Array.from({ length: count }, (_, index) => ({ sensors, network: { ...network, silent: index % every === every - 1 } }));
    void IpmiSimulator.start({ bmcs, layout: 'addresses', port: ${benchPort} }).then((simulator) => {
      process.on('message', () => process.send({
        resets: simulator.bmcs.map(({ bmc }) => bmc.machine.acts.filter((act) => act === 3).length),
        openSessions: simulator.openSessions,
        received: simulator.received,
      }));
      process.send('ready');
    });`;
  return bundle(contents, inOut('bench', 'fleet.cjs'));
}
