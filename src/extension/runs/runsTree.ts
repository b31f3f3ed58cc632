import type * as vscode from 'vscode';
import type { Disposable } from '../../base/disposables';
import type { Ledger, RunSummary } from '../../jobs/ledger';
import { Gather } from '../gather';
import { byUrgency, MoreResultsItem, ResultItem, RunItem } from './runItems';

const runsPerPage = 50;
const resultsPerPage = 200;

export type RunsItem = RunItem | ResultItem | MoreResultsItem;

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
    if (!(parent instanceof RunItem)) return [];
    const { id } = parent.run;
    const results = (await this.#ledgerOf(parent.run)?.run(id))?.results ?? [];
    const page = results.toSorted(byUrgency).slice(0, resultsPerPage * this.#pagesOf(id));
    const items: RunsItem[] = page.map((result) => new ResultItem(id, result));
    const hidden = results.length - page.length;
    return hidden > 0 ? [...items, new MoreResultsItem(id, hidden)] : items;
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
    this.#items = new Map(runs.slice(0, limit).map((run) => [run.id, this.#itemOf(run, known)]));
    return [...this.#items.values(), ...(runs.length > limit ? [new MoreResultsItem('', undefined)] : [])];
  }

  #itemOf(run: RunSummary, known: ReadonlyMap<string, RunItem>): RunItem {
    const item = known.get(run.id);
    item?.update(run);
    return item ?? new RunItem(run);
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
