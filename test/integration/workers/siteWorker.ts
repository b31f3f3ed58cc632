// A worker as a process of its own: bundled, and started with a database, the controllers' port, the fleet and a site.
import { openPostgresLedger } from '../../../src/workers/postgresLedger';
import { startWorker } from '../../../src/workers/worker';
import { cycleJob, engineOf, fleetOf } from './cycling';

const [url = '', port = '', fleet = '{}', site = '', steps = '1'] = process.argv.slice(2);
const say = (line: string): void => void process.stderr.write(`${line}\n`);
const ledger = openPostgresLedger(url);
const engine = engineOf(fleetOf(JSON.parse(fleet) as Record<string, number>), ledger);

startWorker({
  ledger,
  engine: () => engine,
  compile: () => cycleJob(Number(port), {}, Number(steps)),
  sites: [site],
  log: { info: say, warn: say, trace: () => undefined },
}).then(
  () => process.stdout.write('ready\n'),
  (error: unknown) => {
    say(String(error));
    process.exit(1);
  },
);
