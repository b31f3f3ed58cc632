import type * as vscode from 'vscode';
import type { Disposable } from '../../base/disposables';
import type { Ledger, RunSummary } from '../../jobs/ledger';
import { Gather } from '../gather';
import { byUrgency, MoreResultsItem, ResultItem, RunItem, StepItem } from './runItems';
import { RunSteps, settled } from './runSteps';

const runsPerPage = 50;
const resultsPerPage = 200;

export type RunsItem = RunItem | ResultItem | StepItem | MoreResultsItem;

/** A folder and the ledger that holds its runs. */
export interface RunsSource {
  readonly folder: string;
  readonly ledger: Ledger;
}

type Change = 'list' | 'progress';

/** The runs of the open folders, newest first, with what became of each computer. */
export class RunsTree implements Disposable {
  readonly #sources: () => readonly RunsSource[];
  readonly #didChange: vscode.EventEmitter<RunsItem[] | undefined>;
  readonly #changes: Gather<Change>;
  readonly #pages = new Map<string, number>();
  /** Of the runs of which a computer was opened. */
  #steps = new Map<string, RunSteps>();
  #items = new Map<string, RunItem>();

  constructor(sources: () => readonly RunsSource[], didChange: vscode.EventEmitter<RunsItem[] | undefined>) {
    this.#sources = sources;
    this.#didChange = didChange;
    this.#changes = new Gather((changes) => {
      if (changes.has('list')) this.#didChange.fire(undefined);
      else void this.#redrawRunning();
    });
  }

  /** Call it when runs may have begun or ended. */
  refresh(): void {
    this.#changes.add('list');
  }

  /** Call it when computers of a run have ended: it reads those runs alone that are going on. */
  progress(): void {
    this.#changes.add('progress');
  }

  showMore(run: string): void {
    this.#pages.set(run, this.#pagesOf(run) + 1);
    this.refresh();
  }

  async getChildren(parent?: RunsItem): Promise<RunsItem[]> {
    if (!parent) return this.#runs();
    if (parent instanceof RunItem) return this.#results(parent.run);
    return parent instanceof ResultItem ? this.#stepsOf(parent) : [];
  }

  /** The item of a run, also when the list has not been drawn since it began. */
  async find(id: string): Promise<RunItem | undefined> {
    if (!this.#items.has(id)) await this.#runs();
    return this.#items.get(id);
  }

  dispose(): void {
    this.#changes.dispose();
  }

  async #runs(): Promise<RunsItem[]> {
    const limit = runsPerPage * this.#pagesOf('');
    const lists = await Promise.all(
      this.#sources().map(({ folder, ledger }) => ledger.runs({ folder, limit: limit + 1 })),
    );
    const runs = lists.flat().toSorted((a, b) => b.startedAt.localeCompare(a.startedAt));
    const known = this.#items;
    this.#forgetSteps(runs);
    this.#items = new Map(runs.slice(0, limit).map((run) => [run.id, this.#itemOf(run, known)]));
    return [...this.#items.values(), ...(runs.length > limit ? [new MoreResultsItem('', undefined)] : [])];
  }

  async #results(run: RunSummary): Promise<RunsItem[]> {
    const { id } = run;
    const record = await this.#ledgerOf(run)?.run(id);
    if (!record) return [];
    const { results } = record;
    const page = results.toSorted(byUrgency).slice(0, resultsPerPage * this.#pagesOf(id));
    const items: RunsItem[] = page.map((result) => new ResultItem(record, result));
    const hidden = results.length - page.length;
    return hidden > 0 ? [...items, new MoreResultsItem(id, hidden)] : items;
  }

  async #stepsOf(item: ResultItem): Promise<RunsItem[]> {
    const { run, computer, steps } = item;
    const ledger = this.#ledgerOf(run);
    if (!ledger) return [];
    const known = this.#steps.get(run.id) ?? new RunSteps(ledger, run.id);
    this.#steps.set(run.id, known);
    const records = await known.of(computer);
    return steps.map((step, number) => {
      const record = records.get(number) ?? { computer, ok: false, outcome: 'not-begun', durationMs: 0 };
      return new StepItem(item, step, settled(record, run.state));
    });
  }

  #itemOf(run: RunSummary, known: ReadonlyMap<string, RunItem>): RunItem {
    const item = known.get(run.id);
    item?.update(run);
    return item ?? new RunItem(run);
  }

  /** What has left the list is not kept. */
  #forgetSteps(runs: readonly RunSummary[]): void {
    const listed = new Set(runs.map(({ id }) => id));
    this.#steps = new Map([...this.#steps].filter(([id]) => listed.has(id)));
  }

  async #redrawRunning(): Promise<void> {
    const running = [...this.#items.values()].filter(({ run }) => run.state === 'running');
    if (running.length === 0) {
      this.#didChange.fire(undefined);
      return;
    }
    for (const item of running) {
      const record = await this.#ledgerOf(item.run)?.run(item.id);
      if (record) item.update(record);
    }
    this.#didChange.fire(running);
  }

  #ledgerOf({ folder }: RunSummary): Ledger | undefined {
    return this.#sources().find((source) => source.folder === folder)?.ledger;
  }

  #pagesOf(run: string): number {
    return this.#pages.get(run) ?? 1;
  }
}
