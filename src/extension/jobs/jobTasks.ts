import * as vscode from 'vscode';
import { listJobFiles } from '../../app/jobFiles';
import { shortName } from '../../app/jobNames';
import type { FolderSession } from '../folderSession';
import type { Workbench } from '../workbench';
import { taskActions } from './jobTask';
import { JobTerminal } from './jobTerminal';

const jobTaskType = 'sideband';
const problemMatcher = '$sideband';

/** For every job of the open folders the three things that can be done with it. */
export async function provideJobTasks(workbench: Workbench): Promise<vscode.Task[]> {
  const lists = await Promise.all(workbench.sessions.map((session) => tasksOf(workbench, session)));
  return lists.flat();
}

async function tasksOf(workbench: Workbench, { app }: FolderSession): Promise<readonly vscode.Task[]> {
  const folder = vscode.workspace.getWorkspaceFolder(vscode.Uri.file(app.folder));
  if (!folder) return [];
  const files = await listJobFiles(app.folder).catch(() => []);
  return files.flatMap((job) =>
    taskActions.map((action) =>
      makeTask(workbench, { definition: { type: jobTaskType, job, action }, scope: folder, name: nameOf(job, action) }),
    ),
  );
}

/** A task of `tasks.json`, made able to run; nothing when it names no job. */
export function resolveJobTask(workbench: Workbench, task: vscode.Task): vscode.Task | undefined {
  const { definition, scope = vscode.TaskScope.Workspace, name } = task;
  return typeof definition.job === 'string' ? makeTask(workbench, { definition, scope, name }) : undefined;
}

interface TaskParts {
  readonly definition: vscode.TaskDefinition;
  readonly scope: NonNullable<vscode.Task['scope']>;
  readonly name: string;
}

function makeTask(workbench: Workbench, { definition, scope, name }: TaskParts): vscode.Task {
  const folder = typeof scope === 'object' ? scope.uri.fsPath : undefined;
  const execution = new vscode.CustomExecution((resolved) => {
    // Where the task belongs to no folder, it is for the first one that has a fleet.
    const session = workbench.sessions.find(({ app }) => folder === undefined || app.folder === folder);
    return Promise.resolve(new JobTerminal(workbench, session, resolved));
  });
  const task = new vscode.Task(definition, scope, name, jobTaskType, execution, problemMatcher);
  task.detail = detailOf(definition);
  return task;
}

function nameOf(job: string, action: string): string {
  return `${action} ${shortName(job)}`;
}

function detailOf({ job, targets }: vscode.TaskDefinition): string {
  return [String(job), typeof targets === 'string' ? targets : ''].filter(Boolean).join(' · ');
}
