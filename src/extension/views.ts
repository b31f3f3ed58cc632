import * as vscode from 'vscode';
import type { RunsItem } from './runs/runsTree';
import type { FleetItem } from './tree/fleetTree';
import type { ComputerItem } from './tree/computerItem';
import type { Workbench } from './workbench';

/** The two views. They are registered at activation; their contents come from the workbench when they are first shown. */
export class Views implements vscode.Disposable {
  readonly fleetChanged = new vscode.EventEmitter<FleetItem[] | undefined>();
  readonly runsChanged = new vscode.EventEmitter<RunsItem | undefined>();
  readonly #fleet: vscode.TreeView<FleetItem>;
  readonly #all: vscode.Disposable;

  constructor(load: () => Promise<Workbench | undefined>) {
    this.#fleet = vscode.window.createTreeView('sideband.computers', {
      canSelectMany: true,
      showCollapseAll: true,
      treeDataProvider: {
        onDidChangeTreeData: this.fleetChanged.event,
        getTreeItem: (item: FleetItem) => item,
        getChildren: async (item?: FleetItem) => (await load())?.fleet.getChildren(item) ?? [],
        resolveTreeItem: (item) => {
          (item as Partial<ComputerItem>).resolveTooltip?.();
          return item;
        },
      },
    });
    const runs = vscode.window.createTreeView('sideband.runs', {
      treeDataProvider: {
        onDidChangeTreeData: this.runsChanged.event,
        getTreeItem: (item: RunsItem) => item,
        getChildren: async (item?: RunsItem) => (await load())?.runs.getChildren(item) ?? [],
      },
    });
    const note = (isExpanded: boolean) => async (event: vscode.TreeViewExpansionEvent<FleetItem>) => {
      (await load())?.fleet.noteExpansion(event.element, isExpanded);
    };
    this.#all = vscode.Disposable.from(
      this.#fleet,
      runs,
      this.fleetChanged,
      this.runsChanged,
      this.#fleet.onDidExpandElement(note(true)),
      this.#fleet.onDidCollapseElement(note(false)),
      this.#fleet.onDidChangeVisibility(async () => (await load())?.refreshVisible()),
      runs.onDidChangeVisibility(async ({ visible }) => {
        if (visible) (await load())?.runs.refresh();
      }),
    );
  }

  get isFleetVisible(): boolean {
    return this.#fleet.visible;
  }

  get selected(): readonly FleetItem[] {
    return this.#fleet.selection;
  }

  showMessage(message: string | undefined): void {
    this.#fleet.message = message ?? '';
  }

  dispose(): void {
    this.#all.dispose();
  }
}
