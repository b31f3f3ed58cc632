import { join, relative } from 'node:path';
import * as vscode from 'vscode';
import { shortName } from '../../app/jobNames';
import type { Problem } from '../../base/problem';
import type { Job, Schedule } from '../../jobs/file/job';
import type { RunSummary } from '../../jobs/ledger';
import { nextDue, zoneOf } from '../../jobs/schedule/cron';
import { formatDue, formatDueBriefly } from '../../jobs/schedule/dueText';
import { ago } from '../ago';
import { outcomeIcon, verdictOf } from '../runs/runItems';
import type { KnownJob } from './knownJobs';

const { t } = vscode.l10n;

/** A job in the list. */
export class JobItem extends vscode.TreeItem {
  readonly known: KnownJob;
  readonly uri: vscode.Uri;

  /** `folders`: whether jobs of several folders are listed, so that it says which. */
  constructor(known: KnownJob, lastRun: RunSummary | undefined, folders: 'one' | 'several') {
    const { job, file, problems, source } = known;
    const label = job?.name ?? shortName(file);
    super(label);
    this.known = known;
    this.uri = vscode.Uri.file(join(source.folder, file));
    this.id = this.uri.toString();
    this.resourceUri = this.uri;
    this.command = openAt(this.uri);
    this.contextValue = job ? 'job' : 'job mistaken';
    this.iconPath = iconOf(known, lastRun);
    const words = job ? [lastOf(lastRun), nextOf(job)] : [mistakesText(problems.length)];
    this.description = [folders === 'several' ? source.title : '', ...words].filter(Boolean).join(' · ');
    this.tooltip = tooltipOf(known, lastRun);
    this.accessibilityInformation = { label: [label, this.description].filter(Boolean).join(', ') };
    if (!job) this.collapsibleState = vscode.TreeItemCollapsibleState.Collapsed;
  }
}

/** A mistake in a job’s file, or in one that it calls. */
export class MistakeItem extends vscode.TreeItem {
  constructor({ known: { source, file }, id }: JobItem, problem: Problem, index: number) {
    super(problem.message);
    const { line, column, endLine, endColumn } = problem;
    const uri = vscode.Uri.file(problem.file);
    const place = `${line}:${column}`;
    const isOwn = problem.file === join(source.folder, file);
    this.id = `${id ?? ''}/${index}`;
    this.description = isOwn ? place : `${shortName(relative(source.folder, problem.file))} ${place}`;
    this.iconPath = new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground'));
    this.tooltip = problem.message;
    this.contextValue = 'mistake';
    this.command = openAt(uri, new vscode.Range(line - 1, column - 1, endLine - 1, endColumn - 1));
  }
}

export type JobsItem = JobItem | MistakeItem;

export function mistakesText(count: number): string {
  return count === 1 ? t('1 mistake') : t('{0} mistakes', count);
}

function openAt(uri: vscode.Uri, selection?: vscode.Range): vscode.Command {
  return { command: 'vscode.open', title: t('Open File'), arguments: [uri, ...(selection ? [{ selection }] : [])] };
}

function iconOf({ job }: KnownJob, lastRun: RunSummary | undefined): vscode.ThemeIcon {
  if (!job) return new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.errorForeground'));
  if (lastRun) return outcomeIcon(verdictOf(lastRun));
  return new vscode.ThemeIcon(job.schedule ? 'calendar' : 'circle-outline');
}

/** `last: done 2 h ago`. */
function lastOf(run: RunSummary | undefined): string {
  if (!run) return '';
  const { state, startedAt, endedAt = startedAt } = run;
  return state === 'running' ? t('running') : t('last: {0} {1}', wordOf(run), ago(Date.parse(endedAt)));
}

function wordOf(run: RunSummary): string {
  if (run.state === 'interrupted') return t('interrupted');
  switch (verdictOf(run)) {
    case 'failed':
      return t('failed');
    case 'cancelled':
      return run.state === 'cancelled' ? t('cancelled') : t('skipped');
    case 'unverified':
      return t('not verified');
    default:
      return t('done');
  }
}

/** `next Sat 02:00`. */
function nextOf({ schedule }: Job): string {
  const now = new Date();
  const at = schedule && nextDue(schedule, now);
  return at ? t('next {0}', formatDueBriefly(schedule, at, now)) : '';
}

function tooltipOf({ job, file, problems }: KnownJob, lastRun: RunSummary | undefined): string {
  const lines = job
    ? [job.description, t('Targets: {0}', job.targets), stepsText(job), job.schedule && scheduleText(job.schedule)]
    : problems.map(({ line, column, message }) => `${line}:${column}: ${message}`).slice(0, 5);
  const last = lastRun && t('Last run: {0}, {1}', lastRun.id, new Date(lastRun.startedAt).toLocaleString());
  return [job?.name, file, ...lines, last].filter(Boolean).join('\n');
}

function stepsText({ steps, finally: last }: Job): string {
  const count = steps.length === 1 ? t('1 step') : t('{0} steps', steps.length);
  return last.length === 0 ? count : t('{0}, and {1} in any case', count, last.length);
}

function scheduleText(schedule: Schedule): string {
  const at = nextDue(schedule, new Date());
  const when = `${schedule.cron} ${zoneOf(schedule)}`;
  return at ? t('Schedule: {0}; next {1}', when, formatDue(schedule, at)) : t('Schedule: {0}', when);
}
