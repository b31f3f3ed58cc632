import * as vscode from 'vscode';
import type { Disposable } from '../../base/disposables';
import type { Ledger } from '../../jobs/ledger';
import { Gather } from '../gather';
import { ResultItem, RunItem } from './runItems';

const shownRuns = 100;
const pageSize = 200;

export type RunsItem = RunItem | ResultItem | MoreResultsItem;

/** Stands for the rest of a run's computers. */
class MoreResultsItem extends vscode.TreeItem {
  constructor(run: string, hidden: number) {
    super(`Show ${Math.min(hidden, pageSize)} more`);
    this.iconPath = new vscode.ThemeIcon('more');
    this.description = `${hidden} hidden`;
    this.command = { command: 'sideband.showMoreResults', title: 'Show More', arguments: [run] };
  }
}

/** The runs of the ledger, newest first, with what became of each computer. */
export class RunsTree implements Disposable {
  readonly #didChange: vscode.EventEmitter<RunsItem | undefined>;
  readonly #changes: Gather<string>;
  readonly #pages = new Map<string, number>();
  readonly #ledger: Ledger;
  readonly #folder: string;

  constructor(ledger: Ledger, folder: string, didChange: vscode.EventEmitter<RunsItem | undefined>) {
    this.#ledger = ledger;
    this.#folder = folder;
    this.#didChange = didChange;
    this.#changes = new Gather(() => {
      this.#didChange.fire(undefined);
    });
  }

  /** Call it when something was written to the ledger. */
  refresh(): void {
    this.#changes.add('');
  }

  showMore(run: string): void {
    this.#pages.set(run, (this.#pages.get(run) ?? 1) + 1);
    this.refresh();
  }

  async getChildren(parent?: RunsItem): Promise<RunsItem[]> {
    if (!parent) {
      const runs = await this.#ledger.runs({ folder: this.#folder, limit: shownRuns });
      return runs.map((run) => new RunItem(run));
    }
    if (!(parent instanceof RunItem)) return [];
    const { id } = parent.run;
    const results = (await this.#ledger.run(id))?.results ?? [];
    const page = results.toSorted((a, b) => Number(a.ok) - Number(b.ok)).slice(0, pageSize * (this.#pages.get(id) ?? 1));
    const items: RunsItem[] = page.map((result) => new ResultItem(id, result));
    const hidden = results.length - page.length;
    return hidden > 0 ? [...items, new MoreResultsItem(id, hidden)] : items;
  }

  dispose(): void {
    this.#changes.dispose();
  }
}
