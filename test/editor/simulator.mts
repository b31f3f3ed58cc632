import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { build } from 'esbuild';
import type * as Simulators from '../../src/simulators/ipmi/simulator';
import { inOut, root } from '../tools/paths.mts';

export type { IpmiSimulator, SimulatedBmcOptions } from '../../src/simulators/ipmi/simulator';

/** The simulator, bundled so that Node can run it as it is. */
export async function loadSimulator(): Promise<typeof Simulators> {
  const outfile = inOut('editor', 'simulator.mjs');
  await build({
    entryPoints: [join(root, 'src/simulators/ipmi/simulator.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node22',
    outfile,
    logLevel: 'error',
  });
  return (await import(pathToFileURL(outfile).href)) as typeof Simulators;
}
