import * as vscode from 'vscode';
import type { Disposable } from '../../base/disposables';
import { DisposableStore } from '../../base/disposables';
import type { FolderSession } from '../folderSession';
import type { Views } from '../views';
import { JobLenses } from './jobLenses';
import type { Scheduling } from './jobSchedules';
import { JobsTree } from './jobsTree';
import type { JobsSource } from './knownJobs';

const { t } = vscode.l10n;

const minuteMs = 60_000;

export interface JobViewsOptions {
  readonly views: Pick<Views, 'areJobsVisible' | 'jobsChanged' | 'showJobsMessage'>;
  /** Of the open folders. */
  readonly sessions: () => readonly FolderSession[];
}

/** What shows the jobs of the open folders: the view, and what stands over the jobs in their files. */
export class JobViews implements Disposable {
  readonly tree: JobsTree;
  readonly #options: JobViewsOptions;
  readonly #lenses: JobLenses;
  readonly #owned = new DisposableStore();

  constructor(options: JobViewsOptions) {
    const { views, sessions } = options;
    this.#options = options;
    this.tree = this.#owned.add(new JobsTree(() => sessions().map(toSource), views.jobsChanged));
    this.#lenses = this.#owned.add(new JobLenses((uri) => this.#sessionOf(uri)?.app));
    // “2 h ago” grows old.
    const timer = setInterval(() => {
      if (views.areJobsVisible) this.tree.refresh('time');
    }, minuteMs);
    this.#owned.add({
      dispose: () => {
        clearInterval(timer);
      },
    });
    this.#owned.add(
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('sideband.schedules')) void this.#reschedule();
      }),
    );
  }

  /** Call it when the sessions have read their folders again. */
  reload(): void {
    this.tree.refresh('files');
    this.#lenses.forget();
    this.#describe();
  }

  /** Call it when runs may have begun or ended. */
  look(): void {
    if (this.#options.views.areJobsVisible) this.tree.refresh('runs');
    void this.#lenses.refresh();
  }

  dispose(): void {
    this.#owned.dispose();
  }

  async #reschedule(): Promise<void> {
    await Promise.all(this.#options.sessions().map(({ schedules }) => schedules.reload()));
    this.#describe();
  }

  #describe(): void {
    const { views, sessions } = this.#options;
    views.showJobsMessage(schedulingText(sessions().map(({ schedules }) => schedules.scheduling)));
  }

  #sessionOf({ fsPath }: vscode.Uri): FolderSession | undefined {
    return this.#options
      .sessions()
      .find(({ app: { folder } }) => fsPath.startsWith(folder) && /^[\\/]/.test(fsPath.slice(folder.length)));
  }
}

/** Says whether this window runs schedules, where there are any. */
function schedulingText(all: readonly Scheduling[]): string {
  if (all.includes('on')) return t('This window runs the schedules.');
  if (all.includes('untrusted')) return t('Restricted Mode: no schedule is run before you trust this folder.');
  return all.includes('off') ? t('Schedules are off in this window (sideband.schedules).') : '';
}

function toSource({ app, title, jobWorld: world }: FolderSession): JobsSource {
  return { folder: app.folder, title, world, ledger: app.ledger };
}
