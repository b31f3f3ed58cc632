import { enableCompileCache } from 'node:module';

declare const SIDEBAND_VERSION: string;

const needed = [22, 19] as const;

const argv = process.argv.slice(2);
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < needed[0] || (major === needed[0] && minor < needed[1])) {
  process.stderr.write(`sideband needs Node.js ${needed.join('.')} or newer; this is ${process.versions.node}\n`);
  process.exitCode = 2;
} else if (argv[0] === '--version' || argv[0] === 'version') {
  process.stdout.write(`${SIDEBAND_VERSION}\n`);
} else {
  enableCompileCache();
  void import('./engine').then(({ runProcess }) => runProcess(argv));
}
