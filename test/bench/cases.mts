// npm run bench -- CASE [options]. It measures and reports. It never fails because something is slow, but it does when answers are lost.
import { mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { inOut } from '../tools/paths.mts';
import { amtSweep } from './amtSweep.mts';
import { amtWarm } from './amtWarm.mts';
import { editor } from './editor.mts';
import { exactlyOnce } from './exactlyOnce.mts';
import { ipmiSensorsBench } from './ipmiSensors.mts';
import { ipmiSweep } from './ipmiSweep.mts';
import { jobsBench, jobsParts } from './jobs.mts';
import { matrix } from './matrix.mts';
import { solBench } from './sol.mts';
import { startup } from './startup.mts';
import { xml } from './xml.mts';

const usage = `npm run bench -- ipmi-sweep   [--count 1000,10000] [--suite 3,17] [--delay MS] [--loss %] [--dead %] [--pairs 7] [--ipmitool]
npm run bench -- ipmi-sensors [--count 1000] [--sensors 40] [--thresholds] [--suite 3] [--delay MS] [--pairs 7]
npm run bench -- amt-sweep    [--count 1000] [--task power,inventory] [--tls] [--keep] [--delay MS] [--pairs 7]
npm run bench -- amt-warm     [--pairs 7]
npm run bench -- jobs         [--count 10000] [--task engine,plan,resume,ansible] [--pairs 7]
npm run bench -- xml          [--pairs 7]
npm run bench -- exactly-once [--count 1000] [--suite 3] [--loss 10]
npm run bench -- sol
npm run bench -- startup      [--pairs 7]
npm run bench -- editor       [--count 1000,10000]
npm run bench -- matrix       [--count 1000,10000]

--keep: the devices keep the connection after a 401, which real ones close.

All need GNU time. What measures the command line or the editor needs \`npm run build\` before; ipmi-sweep, ipmi-sensors, exactly-once and sol
need FreeIPMI, ipmitool and, for port 623, root; amt-sweep, amt-warm and xml install their peers under out/ (450 MB). jobs installs its
peers there (30 MB) and, when it may, the Debian packages of their servers; its ansible part takes some minutes.
Reports also go to out/bench/CASE.json. The exit code is 1 when answers were lost or wrong.`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    count: { type: 'string' },
    sensors: { type: 'string', default: '40' },
    suite: { type: 'string', default: '3' },
    delay: { type: 'string', default: '0' },
    loss: { type: 'string' },
    dead: { type: 'string', default: '0' },
    pairs: { type: 'string', default: '7' },
    ipmitool: { type: 'boolean', default: false },
    thresholds: { type: 'boolean', default: false },
    task: { type: 'string' },
    tls: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
  },
});
const numbers = (text: string): readonly number[] => text.split(',').map(Number);
const pairs = Number(values.pairs);
const { count: counts = '1000' } = values;
const common = { delayMs: Number(values.delay), dead: Number(values.dead) };
const results: object[] = [];

switch (positionals[0]) {
  case 'ipmi-sweep':
    for (const count of numbers(counts)) {
      for (const suite of numbers(values.suite)) {
        results.push(
          await ipmiSweep({ ...common, count, suite, pairs, loss: Number(values.loss ?? 0) }, values.ipmitool),
        );
      }
    }
    break;
  case 'ipmi-sensors':
    for (const suite of numbers(values.suite)) {
      const { thresholds } = values;
      const sensors = Number(values.sensors);
      results.push(
        await ipmiSensorsBench({ ...common, count: Number(counts), loss: 0, suite, pairs, sensors, thresholds }),
      );
    }
    break;
  case 'amt-sweep':
    for (const task of (values.task ?? 'power').split(',')) {
      if (task !== 'power' && task !== 'inventory') throw new Error(`there is no task ${task}`);
      const { tls, keep } = values;
      const afterRejection = keep ? 'keep' : 'close';
      const count = Number(counts);
      results.push(await amtSweep({ count, tls, afterRejection, delayMs: Number(values.delay), pairs, task }));
    }
    break;
  case 'amt-warm':
    results.push(await amtWarm(pairs));
    break;
  case 'jobs': {
    const asked: readonly string[] = values.task?.split(',') ?? jobsParts;
    const parts = jobsParts.filter((part) => asked.includes(part));
    if (parts.length < asked.length) throw new Error(`tasks are ${jobsParts.join(', ')}`);
    results.push(await jobsBench({ computers: Number(values.count ?? 10_000), parts, pairs }));
    break;
  }
  case 'xml':
    results.push(await xml(pairs));
    break;
  case 'exactly-once':
    for (const suite of numbers(values.suite)) {
      results.push(await exactlyOnce({ ...common, count: Number(counts), loss: Number(values.loss ?? 10) }, suite));
    }
    break;
  case 'sol':
    results.push(await solBench());
    break;
  case 'startup':
    results.push(await startup(pairs));
    break;
  case 'editor':
    for (const count of numbers(counts)) results.push(await editor({ ...common, count, loss: 0 }));
    break;
  case 'matrix':
    for (const count of numbers(counts)) results.push(await matrix(count));
    break;
  default:
    console.log(usage);
    process.exitCode = 2;
}
if (results.length > 0) {
  mkdirSync(inOut('bench'), { recursive: true });
  writeFileSync(inOut('bench', `${positionals[0] ?? ''}.json`), `${JSON.stringify(results, undefined, 2)}\n`);
}
