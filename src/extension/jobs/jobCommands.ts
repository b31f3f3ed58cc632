import * as vscode from 'vscode';
import { prepareJob } from '../../app/jobs';
import { SidebandError } from '../../base/errors';
import { formatProblem } from '../../base/problem';
import type { Computer } from '../../fleet/computer';
import { bindInputs } from '../../jobs/file/inputs';
import type { Job } from '../../jobs/file/job';
import { resolveTargets } from '../../jobs/program/facts';
import { showFailure } from '../failure';
import type { FolderSession } from '../folderSession';
import type { Values } from '../parameters/check';
import { pickTargets } from '../pickComputers';
import type { Workbench } from '../workbench';
import { chooseJobFile, type JobFile, readJobFile, saveJobFiles } from './jobFile';
import { askInputs } from './jobInputs';
import { jobUriOf } from './jobUri';
import type { JobWork } from './jobWork';
import { askAndRun, planAndRun } from './performJob';

const { t } = vscode.l10n;

/** Shows what a job would do, and runs it when the user says yes. `first`: its file, or an item of the Jobs view. */
export async function planJob(workbench: Workbench, first: unknown): Promise<void> {
  const wanted = await askForJob(workbench, first);
  if (wanted) await planAndRun(workbench, workOf(wanted));
}

/** Runs a job after one question. */
export async function runJob(workbench: Workbench, first: unknown): Promise<void> {
  const wanted = await askForJob(workbench, first);
  if (wanted) await askAndRun(workbench, workOf(wanted));
}

/** Runs a job on computers that the user chooses, those of its own targets first. */
export async function runJobOn(workbench: Workbench, first: unknown): Promise<void> {
  const wanted = await askForJob(workbench, first);
  if (!wanted) return;
  const { job, file, inputs } = wanted;
  try {
    const targets = await chooseTargets(file, job, inputs);
    if (targets !== undefined) await askAndRun(workbench, workOf(wanted, targets));
  } catch (thrown) {
    showFailure(workbench, job.name, thrown);
  }
}

interface WantedJob {
  readonly file: JobFile;
  readonly job: Job;
  readonly inputs: Values;
}

/** Everything that is to be asked before there is a plan. Nothing when it is dismissed, or something stands against it, which is said. */
async function askForJob(workbench: Workbench, first: unknown): Promise<WantedJob | undefined> {
  if (!workbench.assertTrusted()) return undefined;
  const file = await chooseJobFile(workbench, jobUriOf(first));
  if (!file || !(await saveJobFiles(file))) return undefined;
  try {
    const job = await readJobFile(file);
    const inputs = job && (await askInputs(job));
    return inputs && { file, job, inputs };
  } catch (thrown) {
    showFailure(workbench, t('Job'), thrown);
    return undefined;
  }
}

/** It is planned from its file each time, so that the plan is of what the file says then. */
function workOf({ file: { session, uri }, job, inputs }: WantedJob, targets?: string): JobWork {
  return {
    session,
    title: job.name,
    plan: async () => {
      const prepared = await prepareJob(session.app, { file: uri.fsPath, inputs, targets });
      if ('plan' in prepared) return prepared.plan;
      throw new SidebandError('file.invalid', prepared.problems.map(formatProblem).join('; '));
    },
  };
}

async function chooseTargets({ session }: JobFile, job: Job, inputs: Values): Promise<string | undefined> {
  const own = resolveTargets(job, bindInputs(job, inputs));
  const computers = matching(session, own);
  return pickTargets([session], { title: job.name, first: { title: t('its own targets: {0}', own), computers } });
}

/** Targets that match nothing here are no reason not to choose others. */
function matching({ app }: FolderSession, targets: string): readonly Computer[] {
  try {
    return app.select(targets);
  } catch {
    return [];
  }
}
