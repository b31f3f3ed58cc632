import { expect, test } from 'vitest';
import { SensorHistory } from '../../../src/extension/panels/sensorHistory';
import type { ComputerResult } from '../../../src/jobs/result';
import type { Cell } from '../../../src/nodes/node';

const columns = ['Number', 'Name', 'Reading', 'Unit', 'State'];
const read = (computer: string, ...sensors: readonly (readonly [string, Cell])[]): ComputerResult => ({
  computer,
  ok: true,
  outcome: 'done',
  durationMs: 1,
  value: { columns, rows: sensors.map(([name, reading], index) => [index, name, reading, 'C', 'ok']) },
});
const failure: ComputerResult = {
  computer: 'lab-02',
  ok: false,
  outcome: 'failed',
  durationMs: 1,
  error: { code: 'connect.timeout', message: 'lab-02: nothing answers', hint: '' },
};

test('each sensor has a value for each time, or none', () => {
  const history = new SensorHistory();
  history.add(100, [read('lab-01', ['CPU', 41], ['Intrusion', null])]);
  history.add(105, [read('lab-01', ['CPU', 42], ['Inlet', 20]), failure]);
  history.add(110, [failure]);
  expect(history.snapshot).toEqual({
    times: [100, 105, 110],
    series: [
      { computer: 'lab-01', sensor: 'CPU', unit: 'C', state: 'ok', values: [41, 42, null] },
      { computer: 'lab-01', sensor: 'Inlet', unit: 'C', state: 'ok', values: [null, 20, null] },
    ],
    problems: ['lab-02: nothing answers'],
  });
});

test('an hour is kept', () => {
  const history = new SensorHistory();
  for (let second = 0; second < 800; second++) history.add(second, [read('a', ['CPU', second])]);
  const { times, series } = history.snapshot;
  expect([times.length, times[0], times.at(-1)]).toEqual([720, 80, 799]);
  expect([series[0]?.values.length, series[0]?.values[0], series[0]?.values.at(-1)]).toEqual([720, 80, 799]);
});

test('what has more sensors than can be drawn is cut', () => {
  const history = new SensorHistory();
  history.add(1, [read('a', ...Array.from({ length: 500 }, (_, index) => [`s${index}`, index] as const))]);
  expect(history.snapshot.series).toHaveLength(200);
});
