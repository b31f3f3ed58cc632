import type * as vscode from 'vscode';
import type { Disposable } from '../../base/disposables';
import type { RunSummary } from '../../jobs/ledger';
import { Gather } from '../gather';
import { JobItem, type JobsItem, MistakeItem } from './jobItems';
import { type JobsSource, type KnownJob, readJobs } from './knownJobs';

const mistakesShown = 50;
/** How many runs are looked through for what began or ended since the last look. */
const recentRuns = 20;

type Change = 'files' | 'runs' | 'time';

/** The jobs of the open folders: how each ended last, and when it is due next. */
export class JobsTree implements Disposable {
  readonly #sources: () => readonly JobsSource[];
  readonly #didChange: vscode.EventEmitter<JobsItem[] | undefined>;
  readonly #changes: Gather<Change>;
  #jobs: Promise<readonly KnownJob[]> | undefined;
  /** By the job. */
  #lastRuns = new Map<KnownJob, RunSummary>();

  constructor(sources: () => readonly JobsSource[], didChange: vscode.EventEmitter<JobsItem[] | undefined>) {
    this.#sources = sources;
    this.#didChange = didChange;
    this.#changes = new Gather((changes) => {
      if (changes.has('files')) this.#jobs = undefined;
      void this.#redraw(changes.has('runs'));
    });
  }

  /** Call it when files, the ledger, or only the time may say something else. */
  refresh(change: Change): void {
    this.#changes.add(change);
  }

  async getChildren(parent?: JobsItem): Promise<JobsItem[]> {
    if (parent instanceof JobItem) {
      return parent.known.problems.slice(0, mistakesShown).map((problem, at) => new MistakeItem(parent, problem, at));
    }
    if (parent) return [];
    const jobs = await (this.#jobs ??= this.#read());
    const folders = new Set(jobs.map(({ source }) => source.folder)).size > 1 ? 'several' : 'one';
    return jobs.map((known) => new JobItem(known, this.#lastRuns.get(known), folders));
  }

  dispose(): void {
    this.#changes.dispose();
  }

  async #redraw(hasRuns: boolean): Promise<void> {
    if (hasRuns && this.#jobs) await this.#lookForRuns(await this.#jobs);
    this.#didChange.fire(undefined);
  }

  async #read(): Promise<readonly KnownJob[]> {
    const jobs = (await Promise.all(this.#sources().map(readJobs))).flat();
    const lastRuns = new Map<KnownJob, RunSummary>();
    for (const known of jobs) {
      const [last] = await runsOf(known.source, { subject: known.file, limit: 1 });
      if (last) lastRuns.set(known, last);
    }
    this.#lastRuns = lastRuns;
    return jobs;
  }

  /** While a run goes on there are many changes: so not every job is looked up at each of them. */
  async #lookForRuns(jobs: readonly KnownJob[]): Promise<void> {
    for (const source of new Set(jobs.map((known) => known.source))) {
      const runs = await runsOf(source, { limit: recentRuns });
      const newest = new Map(runs.toReversed().map((run) => [run.subject, run]));
      for (const known of jobs) {
        const run = known.source === source ? newest.get(known.file) : undefined;
        if (run) this.#lastRuns.set(known, run);
      }
    }
  }
}

/** The jobs are listed also while the ledger cannot be read. */
function runsOf(
  { folder, ledger }: JobsSource,
  options: { readonly subject?: string; readonly limit: number },
): Promise<readonly RunSummary[]> {
  return ledger.runs({ folder, ...options }).catch(() => []);
}
