import * as vscode from 'vscode';
import type { JobsItem } from './jobs/jobItems';
import type { JobsTree } from './jobs/jobsTree';
import type { RunItem } from './runs/runItems';
import type { RunsItem, RunsTree } from './runs/runsTree';
import type { ComputerItem } from './tree/computerItem';
import type { FleetItem, FleetTree } from './tree/fleetTree';

const revealAttempts = 5;
const redrawMs = 200;

/** What the views show. */
export interface ViewContents {
  readonly fleet: FleetTree;
  readonly jobs: JobsTree;
  readonly runs: RunsTree;
  /** A group was opened or closed. */
  noteExpansion(item: FleetItem, expansion: 'open' | 'closed'): void;
  /** What can be seen has changed. */
  watchVisible(): void;
  runsShown(): void;
}

/** The views. They are registered at activation; their contents come from the workbench when they are first shown. */
export class Views implements vscode.Disposable {
  readonly fleetChanged = new vscode.EventEmitter<FleetItem[] | undefined>();
  readonly jobsChanged = new vscode.EventEmitter<JobsItem[] | undefined>();
  readonly runsChanged = new vscode.EventEmitter<RunsItem[] | undefined>();
  readonly #fleet: vscode.TreeView<FleetItem>;
  readonly #jobs: vscode.TreeView<JobsItem>;
  readonly #runs: vscode.TreeView<RunsItem>;
  readonly #all: vscode.Disposable;

  constructor(load: () => Promise<ViewContents>) {
    this.#fleet = vscode.window.createTreeView('sideband.computers', {
      canSelectMany: true,
      showCollapseAll: true,
      treeDataProvider: {
        onDidChangeTreeData: this.fleetChanged.event,
        getTreeItem: (item: FleetItem) => item,
        getChildren: async (item?: FleetItem) => (await load()).fleet.getChildren(item),
        resolveTreeItem: (item) => {
          (item as Partial<ComputerItem>).resolveTooltip?.();
          return item;
        },
      },
    });
    this.#jobs = vscode.window.createTreeView('sideband.jobs', {
      treeDataProvider: {
        onDidChangeTreeData: this.jobsChanged.event,
        getTreeItem: (item: JobsItem) => item,
        getChildren: async (item?: JobsItem) => (await load()).jobs.getChildren(item),
      },
    });
    this.#runs = vscode.window.createTreeView('sideband.runs', {
      treeDataProvider: {
        onDidChangeTreeData: this.runsChanged.event,
        getTreeItem: (item: RunsItem) => item,
        getChildren: async (item?: RunsItem) => (await load()).runs.getChildren(item),
        getParent: () => undefined, // only runs are ever revealed
      },
    });
    const note = (expansion: 'open' | 'closed') => async (event: vscode.TreeViewExpansionEvent<FleetItem>) => {
      (await load()).noteExpansion(event.element, expansion);
    };
    this.#all = vscode.Disposable.from(
      this.#fleet,
      this.#jobs,
      this.#runs,
      this.fleetChanged,
      this.jobsChanged,
      this.runsChanged,
      this.#fleet.onDidExpandElement(note('open')),
      this.#fleet.onDidCollapseElement(note('closed')),
      this.#fleet.onDidChangeVisibility(async () => {
        (await load()).watchVisible();
      }),
      this.#jobs.onDidChangeVisibility(async ({ visible }) => {
        if (visible) (await load()).jobs.refresh('files');
      }),
      this.#runs.onDidChangeVisibility(async ({ visible }) => {
        if (visible) (await load()).runsShown();
      }),
    );
  }

  get isFleetVisible(): boolean {
    return this.#fleet.visible;
  }

  get areJobsVisible(): boolean {
    return this.#jobs.visible;
  }

  get areRunsVisible(): boolean {
    return this.#runs.visible;
  }

  get selected(): readonly FleetItem[] {
    return this.#fleet.selection;
  }

  showMessage(message: string): void {
    this.#fleet.message = message;
  }

  /** The line above the jobs. */
  showJobsMessage(message: string): void {
    this.#jobs.message = message;
  }

  /** Selects a run; when the focus is kept, only where the view is open. What cannot be found is left alone. */
  async revealRun(run: RunItem, focus: 'keep' | 'take'): Promise<void> {
    if (!this.#runs.visible && focus === 'keep') return;
    for (let attempt = 0; attempt < revealAttempts; attempt++) {
      try {
        await this.#runs.reveal(run, { select: true, focus: focus === 'take', expand: true });
        return;
      } catch {
        // The tree is just being redrawn.
        await new Promise((resolve) => setTimeout(resolve, redrawMs));
      }
    }
  }

  dispose(): void {
    this.#all.dispose();
  }
}
