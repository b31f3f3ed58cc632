import '@vscode-elements/elements/dist/vscode-progress-bar/index.js';
import '@vscode-elements/elements/dist/vscode-textfield/index.js';
import '@vscode-elements/elements/dist/vscode-toolbar-button/index.js';
import '@vscode-elements/elements/dist/vscode-tree/index.js';
import '@vscode-elements/elements/dist/vscode-tree-item/index.js';
import type { VscodeProgressBar } from '@vscode-elements/elements/dist/vscode-progress-bar/vscode-progress-bar.js';
import type { VscodeTextfield } from '@vscode-elements/elements/dist/vscode-textfield/vscode-textfield.js';
import type { VscodeToolbarButton } from '@vscode-elements/elements/dist/vscode-toolbar-button/vscode-toolbar-button.js';
import type { VscodeTree } from '@vscode-elements/elements/dist/vscode-tree/vscode-tree.js';
import { elementOf } from '../shared/element';
import { connect } from '../shared/rpc';
import type { Sorting, TableView } from '../shared/tableView';
import { port, vscode } from '../shared/vscode';
import type { InventoryExtension, InventoryPage, InventorySnapshot } from './contract';
import { Grid } from './grid';
import { layout } from './layout';
import { describe, toTable, viewColumn } from './model';
import { NodeList } from './nodeList';
import './style.css';

const mostNames = 30;

/** What survives while the page is hidden. */
interface PageState {
  readonly query?: string;
  /** The sorting of each node. */
  readonly sortings?: Readonly<Record<string, Sorting>>;
}

document.body.innerHTML = layout;
const grid = elementOf('grid');
const filter = elementOf('filter') as VscodeTextfield;
const live = elementOf('live') as VscodeToolbarButton;
const progress = elementOf('progress') as VscodeProgressBar;

let snapshot: InventorySnapshot | undefined;
let { query = '', sortings = {} } = (vscode.getState() ?? {}) as PageState;

const page: InventoryPage = {
  show(next) {
    snapshot = next;
    draw();
  },
};
const extension = connect<InventoryExtension>(port, page);
const rows = new Grid(grid, { onSort: sortBy });
const nodes = new NodeList(elementOf('nodes') as VscodeTree, (node) => {
  if (snapshot?.node !== node) void extension.choose(node);
});

filter.value = query;
filter.addEventListener('input', () => {
  query = filter.value;
  keep();
  draw();
});
elementOf('refresh').addEventListener('click', () => void extension.refresh());
elementOf('export').addEventListener('click', () => void extension.exportRows(currentView()));
live.addEventListener('click', () => void extension.setLive(snapshot?.live === 'on' ? 'off' : 'on'));
document.addEventListener('keydown', (event) => {
  if (event.key !== 'f' || !(event.ctrlKey || event.metaKey)) return;
  filter.focus();
  event.preventDefault();
});
document.addEventListener('copy', (event) => {
  const text = grid.contains(document.activeElement) ? rows.textAt(null) : undefined;
  if (!text || getSelection()?.isCollapsed === false) return;
  event.preventDefault();
  void extension.copy(text.cell);
});
// VS Code's own menu is told what stands there; it looks at the element after this.
grid.addEventListener(
  'contextmenu',
  ({ target }) => {
    const text = rows.textAt(target);
    const context = { preventDefaultContextMenuItems: true, ...(text && { webviewSection: 'cell', ...text }) };
    grid.dataset.vscodeContext = JSON.stringify(context);
  },
  { capture: true },
);
void extension.ready().then((first) => {
  page.show(first);
});

function currentView(): TableView {
  const sorting = snapshot && sortings[snapshot.node];
  return { query, ...(sorting && { sorting }) };
}

function keep(): void {
  vscode.setState({ query, sortings } satisfies PageState);
}

function draw(): void {
  if (!snapshot) return;
  const { node, computers, pending, at } = snapshot;
  const entry = snapshot.nodes.find(({ id }) => id === node);
  const view = currentView();
  const table = toTable(snapshot, view);
  const { sorting } = view;
  const offset = viewColumn(snapshot, 0);
  rows.show(table, { key: node, sorting: sorting && { ...sorting, column: sorting.column - offset } });
  nodes.show(snapshot.nodes, node);
  elementOf('computers').textContent = computers.length === 1 ? (computers[0] ?? '') : `${computers.length} computers`;
  elementOf('computers').title = computers.length > 1 ? nameSome(computers) : '';
  elementOf('title').textContent = entry?.title ?? '';
  elementOf('description').textContent = entry?.description ?? '';
  elementOf('source').textContent = [entry && `From ${entry.from}`, at !== undefined && `read ${timeOf(at)}`]
    .filter(Boolean)
    .join(', ');
  elementOf('count').textContent = describe(snapshot, table);
  elementOf('empty').textContent = table.rows.length > 0 ? '' : emptyText(snapshot, table.hidden);
  grid.ariaLabel = `${entry?.title ?? ''}: ${computers.length === 1 ? (computers[0] ?? '') : `${computers.length} computers`}`;
  progress.indeterminate = computers.length === 1;
  progress.value = computers.length - pending;
  progress.max = computers.length;
  progress.classList.toggle('idle', pending === 0);
  live.hidden = snapshot.live === 'never';
  live.checked = snapshot.live === 'on';
}

/** Ascending, descending, and then as the rows came. */
function sortBy(column: number): void {
  if (!snapshot || toTable(snapshot, { query }).layout === 'upright') return;
  const { node } = snapshot;
  const wanted = viewColumn(snapshot, column);
  const before = sortings[node];
  const { [node]: _, ...others } = sortings;
  if (before?.column !== wanted) sortings = { ...others, [node]: { column: wanted, direction: 'ascending' } };
  else if (before.direction === 'ascending')
    sortings = { ...others, [node]: { column: wanted, direction: 'descending' } };
  else sortings = others;
  keep();
  draw();
}

function emptyText({ pending, computers }: InventorySnapshot, hidden: number): string {
  if (pending > 0) return 'Reading…';
  if (hidden > 0) return 'No row matches the filter.';
  return computers.length === 1 ? 'The computer reports nothing here.' : 'The computers report nothing here.';
}

function nameSome(names: readonly string[]): string {
  const more = names.length > mostNames ? ` and ${names.length - mostNames} more` : '';
  return names.slice(0, mostNames).join(', ') + more;
}

function timeOf(at: number): string {
  return new Date(at).toLocaleTimeString();
}
