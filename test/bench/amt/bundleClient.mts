// Every client as plain JavaScript in one file, so that nobody's time holds the compilation of types.
import { bundle } from '../../tools/bundle.mts';
import { inOut } from '../../tools/paths.mts';

export type ClientName = 'sideband' | 'floor' | 'meshCentral' | 'dmt' | 'curl';

/** The file to run; see `runClient`. */
export function bundleClient(name: ClientName): Promise<string> {
  const contents = `
    import { runClient } from './test/bench/amt/client.mts';
    import { ${name}Client } from './test/bench/amt/${name}Client.mts';
    await runClient(${name}Client);`;
  return bundle(contents, inOut('bench', `amt-${name}.mjs`));
}
