import * as vscode from 'vscode';
import { type ComputerResult, yamlOf } from '../jobs/result';
import type { RunReport } from '../jobs/run';
import type { Operation } from '../operations/operation';
import { sentence } from './advice';
import { summarize } from './summarize';
import { withoutName } from './tree/computerItem';
import type { Workbench } from './workbench';

const { t } = vscode.l10n;
const mostTexts = 5;

/** Says what came of a run in one notification, with what can be done about failures. */
export async function showReport(
  workbench: Workbench,
  operation: Operation,
  report: RunReport,
  rerun: (runId: string) => Promise<void>,
): Promise<void> {
  const { results, runId } = report;
  const summary = summarize(results);
  const failed = results.filter(({ ok }) => !ok);
  await openTexts(results);
  workbench.logs.info(`${operation.id}: ${summary}${runId === undefined ? '' : ` (run ${runId})`}`);
  for (const { computer, outcome, error } of failed) {
    const why = error ? `: ${withoutName(error.message, computer)}` : '';
    workbench.logs.warn(`${operation.id}: ${computer}: ${outcome}${why}`);
  }
  const [first] = results;
  const message = results.length === 1 && first ? describeOne(first, operation) : `${operation.title}: ${summary}`;
  if (failed.length === 0) {
    void vscode.window.showInformationMessage(message);
    return;
  }
  const rejected = failed.find(({ error }) => error?.code === 'auth.rejected' || error?.code === 'auth.missing');
  const [show, again, log, password] = [t('Show Run'), t('Rerun Failed'), t('Show Log'), t('Enter Password')];
  const actions = [...(runId === undefined ? [log] : [show, again]), ...(rejected ? [password] : [])];
  const action = await vscode.window.showWarningMessage(message, ...actions);
  if (action === log) workbench.logs.show();
  if (action === password) await vscode.commands.executeCommand('sideband.setPassword');
  if (action === again && runId !== undefined) await rerun(runId);
  const item = action === show && runId !== undefined ? await workbench.runs.find(runId) : undefined;
  if (item) await workbench.views.revealRun(item, 'take');
}

/** Exported texts, to be looked at and saved; equal ones once. */
async function openTexts(results: readonly ComputerResult[]): Promise<void> {
  const texts = new Set(results.flatMap(({ value }) => yamlOf(value) ?? []));
  for (const content of [...texts].slice(0, mostTexts)) {
    const document = await vscode.workspace.openTextDocument({ language: 'yaml', content });
    await vscode.window.showTextDocument(document, { preview: false });
  }
}

function describeOne({ computer, outcome, value, note, error }: ComputerResult, { title }: Operation): string {
  if (error) return `${title}: ${computer}: ${withoutName(sentence(error), computer)}`;
  const power = (value as { readonly power?: string } | undefined)?.power;
  const words =
    power === undefined ? outcome : outcome === 'already' ? t('was {0} already', power) : t('is {0}', power);
  return `${title}: ${[`${computer} ${words}`, note].filter(Boolean).join('. ')}`;
}
