import * as vscode from 'vscode';
import type { Disposable } from '../../base/disposables';
import type { Log } from '../../base/log';
import type { JobReport } from '../../jobs/running/jobReport';
import type { ScheduleAudience } from './jobSchedules';
import { tellJobReport } from './tellJobReport';

const { t } = vscode.l10n;

const saidForMs = 10_000;

/** Says in the status bar that runs go on by schedule. Only what did not go well asks for attention. */
export class ScheduledRuns implements ScheduleAudience, Disposable {
  readonly #log: Log;
  readonly #item: vscode.StatusBarItem;
  readonly #titles = new Map<string, string>();

  constructor(log: Log) {
    this.#log = log;
    this.#item = vscode.window.createStatusBarItem('sideband.scheduledRuns', vscode.StatusBarAlignment.Left);
    this.#item.name = t('Sideband: runs by schedule');
  }

  begin(id: string, title: string): void {
    this.#titles.set(id, title);
    this.#draw();
  }

  end(id: string, report: JobReport | undefined): void {
    this.#titles.delete(id);
    this.#draw();
    if (!report) return;
    const { title, results } = report;
    if (results.every(({ ok }) => ok)) {
      vscode.window.setStatusBarMessage(t('{0} by schedule: {1} done', title, results.length), saidForMs);
    } else void tellJobReport({ logs: this.#log }, report);
  }

  fail(message: string): void {
    void vscode.window.showWarningMessage(message);
  }

  dispose(): void {
    this.#item.dispose();
  }

  #draw(): void {
    const [first, ...others] = this.#titles;
    if (!first) {
      this.#item.hide();
      return;
    }
    const [id, title] = first;
    this.#item.text = `$(sync~spin) ${others.length === 0 ? title : t('{0} runs by schedule', this.#titles.size)}`;
    this.#item.tooltip = t('By schedule: {0}', [...this.#titles.values()].join(', '));
    this.#item.command =
      others.length === 0
        ? { command: 'sideband.openRun', title: t('Open Run'), arguments: [id] }
        : { command: 'sideband.runs.focus', title: t('Runs') };
    this.#item.show();
  }
}
