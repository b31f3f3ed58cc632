// Simulated BMCs, and a folder that reaches them.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inOut } from '../tools/paths.mts';
import { type Program, startSimulator } from './simulatorProcess.mts';

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

const program: Program = {
  name: 'fleet',
  contents: `
    import { IpmiSimulator } from './src/simulators/ipmi/simulator';
    async function start({ count, dead, loss, delayMs, sensors }) {
      const network = { loseRequests: loss / 100, loseAnswers: loss / 100, delayMs };
      const every = dead > 0 ? Math.round(100 / dead) : Infinity;
      const bmcs = Array.from({ length: count }, (_, index) => ({ sensors, network: { ...network, silent: index % every === every - 1 } }));
      const simulator = await IpmiSimulator.start({ bmcs, layout: 'addresses', port: ${benchPort} });
      const stats = () => ({
        resets: simulator.bmcs.map(({ bmc }) => bmc.machine.acts.filter((act) => act === 3).length),
        openSessions: simulator.openSessions,
        received: simulator.received,
      });
      return { facts: 'ready', stats };
    }`,
};

/** Starts the fleet on 127.20.0.1 and upwards, and writes a folder that reaches it. */
export async function startFleet(spec: FleetSpec, cipherSuite: number, sensors?: number): Promise<BenchFleet> {
  const simulator = await startSimulator<unknown, FleetStats>(program, { ...spec, sensors });
  const blocks = Math.ceil(spec.count / perBlock);
  const folder = inOut('bench', 'folder');
  mkdirSync(join(folder, '.sideband'), { recursive: true });
  writeFileSync(join(folder, '.sideband', 'fleet.yaml'), fleetYaml(blocks, cipherSuite));
  return {
    folder,
    targets: '*',
    hosts: Array.from({ length: blocks }, (_, block) => `127.20.${block}.[1-${perBlock}]`),
    stats: () => simulator.stats(),
    [Symbol.asyncDispose]: () => simulator[Symbol.asyncDispose](),
  };
}

function fleetYaml(blocks: number, cipherSuite: number): string {
  return `version: 1
profiles: { bmc: { ipmi: { user: admin, port: ${benchPort}, cipherSuite: ${cipherSuite} } } }
computers:
  'b[0-${blocks - 1}]n[1-${perBlock}]': { host: '127.20.{1}.{2}', profile: bmc }
`;
}
