import { assertJobRun, prepareRerun } from '../../app/jobs';
import type { RunRecord } from '../../jobs/ledger';
import { showFailure } from '../failure';
import type { FolderSession } from '../folderSession';
import { sayWhoIsLeft } from '../leftOut';
import type { Workbench } from '../workbench';
import { askAndRun } from './performJob';

/** Does a run of a job again on the computers that did not succeed, and says who is left alone and why. */
export async function rerunJob(workbench: Workbench, session: FolderSession, record: RunRecord): Promise<void> {
  const { app } = session;
  const { id, title } = record;
  try {
    assertJobRun(record);
    const { left } = await prepareRerun(app, record);
    sayWhoIsLeft(title, left);
    const plan = async () => (await prepareRerun(app, record)).plan;
    await askAndRun(workbench, { session, title, rerunOf: id, plan });
  } catch (thrown) {
    showFailure(workbench, title, thrown);
  }
}
