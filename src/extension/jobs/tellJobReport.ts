import * as vscode from 'vscode';
import type { Log } from '../../base/log';
import type { JobReport } from '../../jobs/running/jobReport';
import { summarize } from '../summarize';

const { t } = vscode.l10n;

/** Says what came of a run in one notification, with what can be done about it. */
export async function tellJobReport({ logs }: { readonly logs: Log }, report: JobReport): Promise<void> {
  const { runId, title, results, cancelled, halted } = report;
  const came = summarize(results);
  const words = [
    cancelled ? t('{0} was cancelled: {1}.', title, came) : t('{0}: {1}.', title, came),
    ...(halted === undefined ? [] : [t('It stopped early: {0}.', halted)]),
  ].join(' ');
  logs.info(`${words} (run ${runId})`);
  const isWell = results.every(({ ok }) => ok);
  const [open, again] = [t('Open Run'), t('Rerun Failed')];
  const show = isWell ? vscode.window.showInformationMessage : vscode.window.showWarningMessage;
  const answer = await show(words, ...(isWell ? [open] : [open, again]));
  if (answer === open) await vscode.commands.executeCommand('sideband.openRun', runId);
  if (answer === again) await vscode.commands.executeCommand('sideband.rerunFailed', runId);
}
