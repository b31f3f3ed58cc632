import { join } from 'node:path';
import { resumeJob } from '../../../src/jobs/running/resumeJob';
import { openLedger } from '../../../src/jobs/sqliteLedger';
import type { JobsClient } from './client.mts';
import { acts, noopComputers, noopEngine, noopJob } from './noop.mts';
import { frontend, noStops } from './sidebandClient.mts';

/** Goes on with that run, from the reading of its record; complete when each step that was not closed was done once. */
export const resumeClient: JobsClient = async (spec, clock) => {
  const { computers: count, stepsEach, concurrency, folder } = spec;
  const ledger = openLedger(join(folder, 'ledger.sqlite'));
  const computers = noopComputers(count);
  const engine = noopEngine(computers, ledger);
  const compiled = noopJob(stepsEach, 'none');
  clock.start();
  const record = await ledger.lastRun(engine.folder);
  if (!record) throw new Error('no run is recorded');
  clock.part('read ms', clock.soFarMs());
  const onBegin = (): void => {
    clock.part('taken over ms', clock.soFarMs());
  };
  const { results } = await resumeJob(
    { record, compiled, computers },
    engine,
    frontend,
    { concurrency, onBegin },
    noStops,
  );
  clock.stop();
  const changes = await ledger.changes(record.id, 0);
  ledger.dispose();
  const done = results.filter(({ outcome }) => outcome === 'done').length;
  const recorded = changes?.steps.filter(({ outcome }) => outcome === 'done').length;
  clock.part('acts', acts.count);
  return { done: done === count && recorded === count * stepsEach ? recorded : 0 };
};
