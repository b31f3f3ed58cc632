import '@vscode-elements/elements/dist/vscode-progress-bar/index.js';
import '@vscode-elements/elements/dist/vscode-textfield/index.js';
import '@vscode-elements/elements/dist/vscode-toolbar-button/index.js';
import type { VscodeTextfield } from '@vscode-elements/elements/dist/vscode-textfield/vscode-textfield.js';
import { elementOf } from '../shared/element';
import { connect } from '../shared/rpc';
import { port, vscode } from '../shared/vscode';
import { Chips } from './chips';
import type { RunExtension, RunPage, RunSnapshot, RunUpdate } from './contract';
import { DetailPane } from './detail';
import { HeadPane } from './head';
import { layout } from './layout';
import { Matrix } from './matrix';
import { MatrixGrid, type Spot } from './matrixGrid';
import { type MatrixView, nextSort, RowOrder, sortKeys } from './order';
import { describeRows } from './words';
import './style.css';

const tickMs = 1000;

/** A run as the page has it. */
interface Shown {
  readonly snapshot: RunSnapshot;
  readonly matrix: Matrix;
  readonly order: RowOrder;
}

/** What survives while the page is hidden. */
interface PageState {
  readonly view?: MatrixView;
  readonly open?: Spot;
}

document.body.innerHTML = layout;
const filter = elementOf('filter') as VscodeTextfield;
const sort = elementOf('sort') as HTMLSelectElement;
const state = (vscode.getState() ?? {}) as PageState;
let view: MatrixView = state.view ?? { query: '', outcomes: [], sort: 'urgency', column: 0 };
let opened: Spot | undefined = state.open;
let shown: Shown | undefined;
let version = 0;
let isAsking = false;

const extension = connect<RunExtension>(port, { update } satisfies RunPage);
const head = new HeadPane(extension);
const grid = new MatrixGrid(elementOf('grid'), { onSort: sortBy, onOpen: open });
const chips = new Chips(elementOf('chips'), (outcome) => {
  const { outcomes } = view;
  const isPressed = outcomes.includes(outcome);
  change({ outcomes: isPressed ? outcomes.filter((one) => one !== outcome) : [...outcomes, outcome] });
});
const detail = new DetailPane(elementOf('detail'), {
  onCopy: (text) => void extension.copy(text),
  onClose: close,
});

filter.value = view.query;
filter.addEventListener('input', () => {
  change({ query: filter.value });
});
sort.addEventListener('change', () => {
  change({ sort: sortKeys.find((key) => key === sort.value) ?? 'urgency', column: 0 });
});
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && detail.isOpen) close();
  else if (event.key === 'f' && (event.ctrlKey || event.metaKey)) filter.focus();
  else return;
  event.preventDefault();
});
setInterval(() => {
  if (shown?.snapshot.head.state === 'running') head.tick();
}, tickMs);
void askAll();

/** Everything anew: at first, and after a message was missed. */
async function askAll(): Promise<void> {
  if (isAsking) return;
  isAsking = true;
  try {
    begin(await extension.ready());
  } finally {
    isAsking = false;
  }
}

function begin(snapshot: RunSnapshot): void {
  const matrix = new Matrix(snapshot);
  version = snapshot.version;
  shown = { snapshot, matrix, order: shown?.order ?? new RowOrder(snapshot.computers) };
  if (view.column >= matrix.columns) view = { ...view, column: 0 };
  grid.start(matrix, snapshot.steps);
  draw();
  if (opened) void fillDetail(opened);
}

function update({ version: next, head: now, cells }: RunUpdate): void {
  if (!shown || isAsking) return;
  if (next !== version + 1) {
    void askAll();
    return;
  }
  version = next;
  shown = { ...shown, snapshot: { ...shown.snapshot, head: now } };
  if (cells) shown.matrix.apply(cells);
  draw();
  const { columns } = shown.matrix;
  if (opened && cells?.at?.includes(opened.row * columns + opened.column)) void fillDetail(opened);
}

function draw(): void {
  if (!shown) return;
  const { snapshot, matrix, order } = shown;
  const rows = order.rows(matrix, view);
  head.show(snapshot.head, matrix);
  chips.show(matrix, view.outcomes);
  sort.value = view.sort;
  grid.show(rows, view);
  const all = matrix.computers.length;
  elementOf('count').textContent = describeRows(rows.length, all);
  elementOf('empty').textContent = rows.length > 0 || all === 0 ? '' : 'No computer matches the filter.';
  elementOf('grid').ariaLabel = `${snapshot.head.title}: computers by steps`;
}

function change(next: Partial<MatrixView>): void {
  view = { ...view, ...next };
  elementOf('grid').scrollTop = 0;
  keep();
  draw();
}

function keep(): void {
  vscode.setState({ view, ...(opened && { open: opened }) } satisfies PageState);
}

function sortBy(title: number): void {
  if (shown) change(nextSort(view, title, shown.matrix.columns));
}

function open(spot: Spot): void {
  opened = spot;
  keep();
  void fillDetail(spot);
}

async function fillDetail({ row, column }: Spot): Promise<void> {
  const computer = shown?.matrix.computers[row];
  if (!shown || computer === undefined) return;
  const known = await extension.detail(computer, column);
  if (opened?.row !== row || opened.column !== column) return;
  detail.show({ computer, step: shown.snapshot.steps[column - 1]?.title }, known);
}

function close(): void {
  opened = undefined;
  keep();
  detail.close();
  elementOf('grid').focus();
}
