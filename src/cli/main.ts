import { enableCompileCache } from 'node:module';

declare const SIDEBAND_VERSION: string;

const argv = process.argv.slice(2);
if (argv[0] === '--version' || argv[0] === 'version') {
  process.stdout.write(`${SIDEBAND_VERSION}\n`);
} else {
  enableCompileCache();
  void import('./engine').then(({ runProcess }) => runProcess(argv));
}
