import { pathToFileURL } from 'node:url';
import type * as DemoJobs from '../../src/app/demoJobs';
import type * as AmtSimulators from '../../src/simulators/amt/simulator';
import type * as Fleets from '../../src/simulators/fleet';
import type * as Simulators from '../../src/simulators/ipmi/simulator';
import type * as Peers from '../peers/ipmiSim';
import { bundle } from '../tools/bundle.mts';
import { inOut } from '../tools/paths.mts';

export type { AmtDeviceOptions, AmtSimulator } from '../../src/simulators/amt/simulator';
export type { SimulatedFleet } from '../../src/simulators/fleet';
export type { IpmiSimulator, SimulatedBmcOptions } from '../../src/simulators/ipmi/simulator';
export type { IpmiSim } from '../peers/ipmiSim';

/** The simulator, bundled so that Node can run it as it is. */
export async function loadSimulator(): Promise<typeof Simulators> {
  const file = await bundle(`export * from './src/simulators/ipmi/simulator';`, inOut('editor', 'simulator.mjs'));
  return (await import(pathToFileURL(file).href)) as typeof Simulators;
}

/** The same for computers with AMT. */
export async function loadAmtSimulator(): Promise<typeof AmtSimulators> {
  const file = await bundle(`export * from './src/simulators/amt/simulator';`, inOut('editor', 'amt-simulator.mjs'));
  return (await import(pathToFileURL(file).href)) as typeof AmtSimulators;
}

/** The computers and the jobs of `sideband demo`. */
export async function loadDemo(): Promise<typeof Fleets & typeof DemoJobs> {
  const modules = ['./src/simulators/fleet', './src/app/demoJobs'].map((module) => `export * from '${module}';`);
  const file = await bundle(modules.join('\n'), inOut('editor', 'demo.mjs'));
  return (await import(pathToFileURL(file).href)) as typeof Fleets & typeof DemoJobs;
}

/** Controllers that nobody here wrote. */
export async function loadIpmiSim(): Promise<typeof Peers> {
  const file = await bundle(`export * from './test/peers/ipmiSim';`, inOut('editor', 'ipmi-sim.mjs'));
  return (await import(pathToFileURL(file).href)) as typeof Peers;
}
