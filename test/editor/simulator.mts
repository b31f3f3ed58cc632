import { pathToFileURL } from 'node:url';
import type * as AmtSimulators from '../../src/simulators/amt/simulator';
import type * as Simulators from '../../src/simulators/ipmi/simulator';
import { bundle } from '../tools/bundle.mts';
import { inOut } from '../tools/paths.mts';

export type { AmtDeviceOptions, AmtSimulator } from '../../src/simulators/amt/simulator';
export type { IpmiSimulator, SimulatedBmcOptions } from '../../src/simulators/ipmi/simulator';

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
