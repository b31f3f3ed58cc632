import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { JobPlan } from '../../../src/jobs/planning/jobPlan';
import { planJob } from '../../../src/jobs/planning/planJob';
import { formatJobPlan } from '../../../src/jobs/planning/jobPlanText';
import { blankLedger } from './blankLedger.mts';
import type { JobsClient } from './client.mts';
import { noopComputers, noopEngine, noopJob } from './noop.mts';

/**
 * Plans a job as the first thing that the process does: once for computers that are all alike, and once with parameters of each
 * computer's own. What is measured is the latter.
 */
export const planClient: JobsClient = ({ computers: count, stepsEach }, clock) => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const computers = noopComputers(count);
  const engine = noopEngine(computers, blankLedger());
  const [alike, own] = (['none', 'own'] as const).map((parameters) => {
    const job = noopJob(stepsEach, parameters);
    collect();
    const before = process.memoryUsage().heapUsed;
    clock.start();
    const plan = planJob(job, { computers, targets: '*' }, engine);
    clock.stop();
    clock.part(`${parameters} ms`, clock.soFarMs());
    collect();
    clock.part(`${parameters} MiB`, (process.memoryUsage().heapUsed - before) / 2 ** 20);
    return plan;
  }) as [JobPlan, JobPlan];
  clock.start();
  const text = formatJobPlan(own);
  clock.part('text ms', clock.soFarMs());
  const isComplete = [alike, own].every((plan) =>
    plan.computers.every(({ steps }) => steps.every(({ ways }) => ways.length === 1)),
  );
  return Promise.resolve({ done: isComplete && text !== '' ? count * stepsEach : 0 });
};
