import * as vscode from 'vscode';
import { jobWorldOf, listJobFiles, readJob } from '../../app/jobFiles';
import type { Problem } from '../../base/problem';
import type { Job } from '../../jobs/file/job';
import type { FolderSession } from '../folderSession';
import type { Workbench } from '../workbench';

const { t } = vscode.l10n;

/** A job's file, and the folder whose fleet it is for. */
export interface JobFile {
  readonly session: FolderSession;
  readonly uri: vscode.Uri;
}

/** The job of a file, for the innermost folder around it, or one that the user picks; says so when there is none. */
export async function chooseJobFile(
  workbench: Pick<Workbench, 'sessions'>,
  uri: vscode.Uri | undefined,
): Promise<JobFile | undefined> {
  if (!uri) return pickJobFile(workbench);
  const [session] = workbench.sessions
    .filter(({ app }) => isWithin(app.folder, uri))
    .toSorted((a, b) => b.app.folder.length - a.app.folder.length);
  if (session) return { session, uri };
  void vscode.window.showWarningMessage(t('{0} is in no folder that has a fleet.', uri.fsPath));
  return undefined;
}

async function pickJobFile({ sessions }: Pick<Workbench, 'sessions'>): Promise<JobFile | undefined> {
  const active = vscode.window.activeTextEditor?.document.uri.toString();
  const lists = await Promise.all(
    sessions.map(async (session) =>
      (await listJobFiles(session.app.folder)).map((file) => {
        const uri = vscode.Uri.joinPath(vscode.Uri.file(session.app.folder), file);
        const label = file.replace(/^\.sideband\/jobs\//, '');
        return { label, description: sessions.length > 1 ? session.title : '', session, uri };
      }),
    ),
  );
  const isActive = ({ uri }: JobFile): boolean => uri.toString() === active;
  const items = lists.flat().toSorted((a, b) => Number(isActive(b)) - Number(isActive(a)));
  if (items.length === 0) {
    void vscode.window.showInformationMessage(t('This folder has no jobs: they are files of .sideband/jobs.'));
    return undefined;
  }
  return vscode.window.showQuickPick(items, { title: t('Which job?') });
}

/** A run records what the files say, so those that are being edited are saved first. Whether they are now. */
export async function saveJobFiles({ session: { app } }: JobFile): Promise<boolean> {
  const home = vscode.Uri.joinPath(vscode.Uri.file(app.folder), '.sideband', 'jobs').fsPath;
  const unsaved = vscode.workspace.textDocuments.filter(
    ({ isDirty, uri }) => isDirty && uri.scheme === 'file' && isWithin(home, uri),
  );
  if (unsaved.length === 0) return true;
  const names = unsaved.map(({ uri }) => uri.path.split('/').at(-1) ?? '').join(', ');
  const save = t('Save');
  const detail = t('Plans and runs go by what is in the files.');
  const answer = await vscode.window.showWarningMessage(t('Save {0}?', names), { modal: true, detail }, save);
  if (answer !== save) return false;
  const saved = await Promise.all(unsaved.map((document) => document.save()));
  return saved.every(Boolean);
}

/** Reads a job, and tells its mistakes with the way to the first one. Nothing when there are any. */
export async function readJobFile({ session: { app }, uri }: JobFile): Promise<Job | undefined> {
  const { compiled, problems } = await readJob(app.folder, uri.fsPath, jobWorldOf(app.engine));
  if (!compiled) void tellMistakes(problems);
  return compiled?.job;
}

export async function tellMistakes(problems: readonly Problem[]): Promise<void> {
  const [first] = problems;
  if (!first) return;
  const { file, line, column, endLine, endColumn, message } = first;
  const more = problems.length > 1 ? t(' (and {0} more)', problems.length - 1) : '';
  const name = file.split(/[\\/]/).at(-1) ?? file;
  const go = t('Go to Mistake');
  const text = `${name}:${line}:${column}: ${message}${more}`;
  if ((await vscode.window.showErrorMessage(text, go)) !== go) return;
  const selection = new vscode.Range(line - 1, column - 1, endLine - 1, endColumn - 1);
  await vscode.window.showTextDocument(vscode.Uri.file(file), { selection });
}

function isWithin(folder: string, { fsPath }: vscode.Uri): boolean {
  return fsPath.startsWith(folder) && /^[\\/]/.test(fsPath.slice(folder.length));
}
