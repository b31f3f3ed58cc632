import * as vscode from 'vscode';
import { toSidebandError } from '../../base/errors';
import type { Disposable } from '../../base/disposables';
import type { Log } from '../../base/log';
import type { RunSummary } from '../../jobs/ledger';
import { isSuccessful } from '../runs/runItems';
import type { RunsSource } from '../runs/runsTree';
import type { LiveRuns } from './liveRuns';
import { unfinishedKey } from './unfinished';

const { t } = vscode.l10n;
const youngMs = 7 * 24 * 3600 * 1000;
const lookedAt = 50;
const offeredAtOnce = 3;
/** The process that a reload ends may live on for a while, which no write to the ledger tells. */
const againMs = 2000;
const againAtMost = 30;

export interface ResumeOffersOptions {
  readonly sources: () => readonly RunsSource[];
  readonly liveRuns: LiveRuns;
  readonly memory: Pick<vscode.Memento, 'update'>;
  readonly log: Log;
  /** A run was found interrupted. */
  readonly onFound: () => void;
}

/** Offers to go on with the runs of jobs whose process died, each of them once in a window. */
export class ResumeOffers implements Disposable {
  readonly #options: ResumeOffersOptions;
  readonly #offered = new Set<string>();
  readonly #subscription: Disposable;
  #timer: NodeJS.Timeout | undefined;
  #left = 0;
  #isDisposed = false;

  constructor(options: ResumeOffersOptions) {
    this.#options = options;
    this.#subscription = options.liveRuns.onDidChange(() => void options.memory.update(unfinishedKey, true));
  }

  /** Looks for interrupted runs, for a while also for those that are about to be. Before trust nothing is offered. */
  look(): void {
    this.#left = againAtMost;
    clearTimeout(this.#timer);
    if (vscode.workspace.isTrusted) void this.#look();
  }

  dispose(): void {
    this.#isDisposed = true;
    clearTimeout(this.#timer);
    this.#subscription.dispose();
  }

  async #look(): Promise<void> {
    const { liveRuns, memory, log, onFound } = this.#options;
    try {
      const runs = await this.#unfinished();
      if (this.#isDisposed) return;
      const interrupted = runs.filter(({ state }) => state === 'interrupted');
      const fresh = interrupted.filter(({ id }) => !this.#offered.has(id));
      for (const { id } of fresh) this.#offered.add(id);
      for (const run of fresh.slice(0, offeredAtOnce)) void offer(run);
      if (fresh.length > 0) onFound();
      await memory.update(unfinishedKey, runs.length > 0);
      const isElsewhere = runs.some(({ id, state }) => state === 'running' && !liveRuns.isLive(id));
      if (isElsewhere && this.#left-- > 0) this.#timer = setTimeout(() => void this.#look(), againMs);
    } catch (thrown) {
      log.warn(`interrupted runs could not be looked for: ${toSidebandError(thrown).message}`);
    }
  }

  /** The newest first. */
  async #unfinished(): Promise<readonly RunSummary[]> {
    const lists = await Promise.all(
      this.#options.sources().map(({ folder, ledger }) => ledger.runs({ folder, limit: lookedAt })),
    );
    const since = Date.now() - youngMs;
    return lists
      .flat()
      .filter(({ kind, state, startedAt }) => {
        const isOver = state === 'finished' || state === 'cancelled';
        return kind === 'job' && !isOver && Date.parse(startedAt) > since;
      })
      .toSorted((a, b) => b.startedAt.localeCompare(a.startedAt));
  }
}

async function offer({ id, title, counts }: RunSummary): Promise<void> {
  let [done, all] = [0, 0];
  for (const [outcome, count] of Object.entries(counts)) {
    all += count;
    if (isSuccessful(outcome)) done += count;
  }
  const [resume, open, later] = [t('Resume'), t('Open Run'), t('Not Now')];
  const message = t('{0} was interrupted: {1} of {2} computers are done.', title, done, all);
  const answer = await vscode.window.showWarningMessage(message, resume, open, later);
  if (answer === resume) await vscode.commands.executeCommand('sideband.resumeRun', id);
  if (answer === open) await vscode.commands.executeCommand('sideband.openRun', id);
}
