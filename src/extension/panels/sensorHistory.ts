import type { ComputerResult } from '../../jobs/result';
import type { Table } from '../../jobs/show';
import type { SensorSeries, SensorsSnapshot } from '../../../webviews/sensors/contract';

/** An hour, at a reading every five seconds. */
const mostTimes = 720;
const mostSeries = 200;

interface Line {
  readonly computer: string;
  readonly sensor: string;
  unit: string;
  state: string;
  readonly values: (number | null)[];
}

/** The readings of some computers' sensors over time. Forgets the oldest. */
export class SensorHistory {
  readonly #times: number[] = [];
  readonly #lines = new Map<string, Line>();
  #problems: readonly string[] = [];

  /** Takes one reading of the node `sensors` of each computer. */
  add(seconds: number, results: readonly ComputerResult[]): void {
    this.#times.push(seconds);
    for (const line of this.#lines.values()) line.values.push(null);
    for (const { computer, value } of results) {
      if (value !== undefined) this.#read(computer, value as Table);
    }
    this.#problems = results.flatMap(({ error }) => error?.message ?? []);
    if (this.#times.length <= mostTimes) return;
    this.#times.shift();
    for (const { values } of this.#lines.values()) values.shift();
  }

  /** Only sensors with readings: a state cannot be drawn. */
  get snapshot(): SensorsSnapshot {
    const series: readonly SensorSeries[] = [...this.#lines.values()].filter(({ values }) =>
      values.some((value) => value !== null),
    );
    return { times: this.#times, series, problems: this.#problems };
  }

  #read(computer: string, { columns, rows }: Table): void {
    const [name, reading, unit, state] = ['Name', 'Reading', 'Unit', 'State'].map((column) => columns.indexOf(column));
    if (name === undefined || reading === undefined || unit === undefined || state === undefined) return;
    for (const row of rows) {
      const value = row[reading];
      const line = this.#line(computer, String(row[name] ?? ''));
      if (!line) continue;
      line.unit = String(row[unit] ?? '');
      line.state = String(row[state] ?? '');
      line.values[this.#times.length - 1] = typeof value === 'number' ? value : null;
    }
  }

  #line(computer: string, sensor: string): Line | undefined {
    const key = `${computer}/${sensor}`;
    const known = this.#lines.get(key);
    if (known || this.#lines.size >= mostSeries) return known;
    const line = { computer, sensor, unit: '', state: '', values: this.#times.map(() => null) };
    this.#lines.set(key, line);
    return line;
  }
}
