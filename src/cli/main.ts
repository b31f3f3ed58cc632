import { enableCompileCache } from 'node:module';

declare const SIDEBAND_VERSION: string;

const argv = process.argv.slice(2);
if (argv[0] === '--version' || argv[0] === 'version') {
  process.stdout.write(`${SIDEBAND_VERSION}\n`);
} else {
  enableCompileCache();
  void main();
}

async function main(): Promise<void> {
  const [{ run }, { processIo }] = await Promise.all([import('./run'), import('./io')]);
  process.exitCode = await run(argv, processIo());
}
