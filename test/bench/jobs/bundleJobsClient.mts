// Every client as plain JavaScript in one file, so that nobody's time holds the compilation of types.
import { bundle } from '../../tools/bundle.mts';
import { inOut } from '../../tools/paths.mts';

export type JobsClientName = 'sideband' | 'die' | 'resume' | 'plan' | 'pLimit' | 'bullmq' | 'pgBoss';

/** The file to run; see `runClient`. */
export function bundleJobsClient(name: JobsClientName): Promise<string> {
  const contents = `
    import { runClient } from './test/bench/jobs/client.mts';
    import { ${name}Client } from './test/bench/jobs/${name}Client.mts';
    await runClient(${name}Client);`;
  return bundle(contents, inOut('bench', `jobs-${name}.mjs`));
}
