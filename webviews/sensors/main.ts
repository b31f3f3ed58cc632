import uPlot from 'uplot';
import { elementOf } from '../shared/element';
import { connect } from '../shared/rpc';
import { port, vscode } from '../shared/vscode';
import type { SensorsExtension, SensorSeries, SensorsPage, SensorsSnapshot } from './contract';
import './style.css';

const colors = ['blue', 'green', 'orange', 'purple', 'red', 'yellow'];
const drawnAtFirst = 2;
const axisWidth = 80;
const [leftSide, rightSide] = [3, 1];

interface PageState {
  readonly chosen?: readonly string[];
}

const [status, problems, list, chartBox] = ['status', 'problems', 'sensors', 'chart'].map(elementOf) as [
  HTMLElement,
  HTMLElement,
  HTMLElement,
  HTMLElement,
];

let snapshot: SensorsSnapshot = { times: [], series: [], problems: [] };
let chosen: ReadonlySet<string> | undefined = readChosen();
let chart: { readonly plot: uPlot; readonly keys: string } | undefined;

const page: SensorsPage = {
  show(next) {
    snapshot = next;
    draw();
  },
};
const extension = connect<SensorsExtension>(port, page);
new ResizeObserver(resize).observe(chartBox);
// VS Code tells a change of theme by the classes of the body.
new MutationObserver(redraw).observe(document.body, { attributes: true, attributeFilter: ['class'] });
void extension.ready().then((first) => {
  page.show(first);
});

function readChosen(): ReadonlySet<string> | undefined {
  const { chosen: kept } = (vscode.getState() ?? {}) as PageState;
  return kept && new Set(kept);
}

function draw(): void {
  const [first] = snapshot.times;
  const since = first === undefined ? '' : ` since ${new Date(1000 * first).toLocaleTimeString()}`;
  status.textContent = `${snapshot.times.length} readings${since}`;
  problems.textContent = snapshot.problems.join('\n');
  drawList();
  drawChart();
}

function drawList(): void {
  for (const [index, series] of snapshot.series.entries()) {
    const key = keyOf(series);
    const row = list.children[index] ?? list.appendChild(makeRow());
    const [box, swatch, name, reading] = parts(row);
    box.checked = isChosen(series, index);
    box.value = key;
    swatch.style.background = box.checked ? colorOf(series) : 'transparent';
    name.textContent = labelOf(series);
    reading.textContent = readingOf(series);
    row.classList.toggle('attention', !/^(ok)?$/.test(series.state));
  }
  while (list.children.length > snapshot.series.length) list.lastElementChild?.remove();
}

function makeRow(): HTMLLIElement {
  const row = document.createElement('li');
  row.innerHTML = '<label><input type="checkbox"><span class="swatch"></span><span></span><output></output></label>';
  parts(row)[0].addEventListener('change', choose);
  return row;
}

type Parts = readonly [HTMLInputElement, HTMLElement, HTMLElement, HTMLElement];

function parts(row: Element): Parts {
  return [...(row.firstElementChild?.children ?? [])] as unknown as Parts;
}

function choose(): void {
  const boxes = [...list.children].map((row) => parts(row)[0]);
  chosen = new Set(boxes.filter(({ checked }) => checked).map(({ value }) => value));
  vscode.setState({ chosen: [...chosen] } satisfies PageState);
  draw();
}

function isChosen(series: SensorSeries, index: number): boolean {
  return chosen?.has(keyOf(series)) ?? index < drawnAtFirst;
}

function drawChart(): void {
  const drawn = snapshot.series.filter(isChosen);
  const data: uPlot.AlignedData = [[...snapshot.times], ...drawn.map(({ values }) => [...values])];
  const keys = drawn.map(keyOf).join('\n');
  if (chart?.keys !== keys) {
    chart?.plot.destroy();
    chart = { plot: new uPlot(optionsFor(drawn), data, chartBox), keys };
  } else chart.plot.setData(data);
}

/** One scale for each unit; the first two have an axis. */
function optionsFor(drawn: readonly SensorSeries[]): uPlot.Options {
  const text = style('--vscode-foreground');
  const grid = { stroke: style('--vscode-editorWidget-border'), width: 1 };
  const units = [...new Set(drawn.map(({ unit }) => unit))];
  const axis = (unit: string, index: number): uPlot.Axis => ({
    scale: unit,
    // eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- an ambient const enum has no values here
    side: index === 0 ? leftSide : rightSide,
    stroke: text,
    size: axisWidth,
    ticks: grid,
    grid: index === 0 ? grid : { show: false },
    values: (_, ticks) => ticks.map((tick) => `${tick} ${unit}`),
  });
  return {
    ...sizeOf(chartBox),
    scales: Object.fromEntries(units.map((unit) => [unit, {}])),
    axes: [{ stroke: text, grid, ticks: grid }, ...units.slice(0, 2).map(axis)],
    series: [
      {},
      ...drawn.map((one) => ({
        label: labelOf(one),
        scale: one.unit,
        stroke: colorOf(one),
        width: 2,
        spanGaps: false,
      })),
    ],
  };
}

function resize(): void {
  chart?.plot.setSize(sizeOf(chartBox));
}

function redraw(): void {
  chart?.plot.destroy();
  chart = undefined;
  draw();
}

function sizeOf({ clientWidth: width, clientHeight: height }: HTMLElement): { width: number; height: number } {
  return { width, height };
}

function keyOf({ computer, sensor }: SensorSeries): string {
  return `${computer}/${sensor}`;
}

function labelOf({ computer, sensor }: SensorSeries): string {
  const one = snapshot.series.every((other) => other.computer === computer);
  return one ? sensor : `${computer} · ${sensor}`;
}

function readingOf({ values, unit, state }: SensorSeries): string {
  const value = values.at(-1);
  if (value === null || value === undefined) return state;
  return `${value} ${unit}`;
}

/** The same colour for a sensor, whatever else is drawn. */
function colorOf(series: SensorSeries): string {
  const index = snapshot.series.findIndex((one) => keyOf(one) === keyOf(series));
  return style(`--vscode-charts-${colors[index % colors.length] ?? 'blue'}`);
}

function style(name: string): string {
  return getComputedStyle(document.body).getPropertyValue(name);
}
