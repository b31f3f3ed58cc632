import { assertJobRun, prepareResume } from '../../app/jobs';
import { planJob } from '../../jobs/planning/planJob';
import type { JobReport } from '../../jobs/running/jobReport';
import { type Interrupted, resumeJob } from '../../jobs/running/resumeJob';
import { showFailure } from '../failure';
import type { FolderSession } from '../folderSession';
import type { Workbench } from '../workbench';
import { findRun } from './findRun';
import { followJob, tellWhatCame } from './followJob';
import { ensureJobPasswords } from './jobPasswords';

/** Goes on with a run of a job whose process died, after one question. */
export async function resumeRun(workbench: Workbench, id: string): Promise<void> {
  if (!workbench.assertTrusted()) return;
  try {
    const found = await findRun(workbench, id);
    if (!found) return;
    const { session, record } = found;
    assertJobRun(record);
    const interrupted = prepareResume(session.app, record);
    await tellWhatCame(workbench, record.title, () => resume(workbench, session, interrupted));
  } catch (thrown) {
    showFailure(workbench, id, thrown);
  }
}

function resume(workbench: Workbench, { app }: FolderSession, interrupted: Interrupted): Promise<JobReport> {
  const { record, compiled, computers } = interrupted;
  const { engine } = app;
  const known = planJob(compiled, { computers, targets: record.targets }, engine);
  return followJob(
    workbench,
    {
      title: record.title,
      engine,
      computers: record.results.length,
      prepare: (signal) => ensureJobPasswords(workbench.passwords, known.computers, signal),
    },
    (run) => resumeJob(interrupted, run.engine, run.frontend, run.options, run.stops),
  );
}
