// Every client as plain JavaScript in one file, so that nobody's time holds the compilation of types.
import { bundle } from '../../tools/bundle.mts';
import { inOut } from '../../tools/paths.mts';

export type ClientName = 'sideband' | 'floor' | 'meshCentral' | 'dmt' | 'curl';
export type WarmName = 'sideband' | 'floor' | 'undici' | 'undiciXml';

/** The file to run; see `runClient`. */
export function bundleClient(name: ClientName): Promise<string> {
  return bundleRun(`${name}Client`, './client.mts', 'runClient');
}

/** The file to run; see `runWarm`. */
export function bundleWarm(name: WarmName): Promise<string> {
  return bundleRun(`${name}Warm`, './warm/run.mts', 'runWarm');
}

function bundleRun(client: string, runner: string, run: string): Promise<string> {
  const module = client.endsWith('Warm') ? `./warm/${client}.mts` : `./${client}.mts`;
  const contents = `
    import { ${run} } from '${inFolder(runner)}';
    import { ${client} } from '${inFolder(module)}';
    await ${run}(${client});`;
  return bundle(contents, inOut('bench', `amt-${client}.mjs`));
}

const inFolder = (module: string): string => module.replace('.', './test/bench/amt');
