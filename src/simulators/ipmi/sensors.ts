import type { Machine } from './machine';

/** An analog sensor of the simulated board: value = m · raw · 10^exponent. */
interface AnalogSensor {
  readonly name: string;
  /** IPMI v2.0 table 42-3. */
  readonly type: number;
  /** IPMI v2.0 table 43-15. */
  readonly unit: number;
  /** IPMI v2.0 table 43-13, and the instance. */
  readonly entity: readonly [id: number, instance: number];
  readonly m: number;
  readonly exponent: number;
  /** Raw readings of a computer that is on and of one that is off. */
  readonly raw: readonly [on: number, off: number];
  /** Lower non-critical, critical, non-recoverable, upper non-critical, critical, non-recoverable; raw. */
  readonly thresholds: readonly (number | undefined)[];
}

interface DiscreteSensor {
  readonly name: string;
  readonly type: number;
  readonly entity: readonly [id: number, instance: number];
  /** Bits of the states that are asserted. */
  readonly states: number;
}

const analog: readonly AnalogSensor[] = [
  {
    name: 'CPU Temp',
    type: 0x01,
    unit: 1,
    entity: [0x03, 1],
    m: 1,
    exponent: 0,
    raw: [52, 24],
    thresholds: [5, 3, 0, 85, 95, 100],
  },
  {
    name: 'Inlet Temp',
    type: 0x01,
    unit: 1,
    entity: [0x37, 1],
    m: 1,
    exponent: 0,
    raw: [24, 22],
    thresholds: [5, 3, 0, 38, 42, 47],
  },
  {
    name: '12V',
    type: 0x02,
    unit: 4,
    entity: [0x07, 1],
    m: 6,
    exponent: -2,
    raw: [201, 0],
    thresholds: [185, 180, 175, 215, 220, 225],
  },
  {
    name: 'VBAT',
    type: 0x02,
    unit: 4,
    entity: [0x07, 1],
    m: 2,
    exponent: -2,
    raw: [152, 152],
    thresholds: [130, 125, 120, 170, 175, 180],
  },
  {
    name: 'Fan 1',
    type: 0x04,
    unit: 18,
    entity: [0x1d, 1],
    m: 60,
    exponent: 0,
    raw: [88, 0],
    thresholds: [15, 10, 5, undefined, undefined, undefined],
  },
  {
    name: 'Fan 2',
    type: 0x04,
    unit: 18,
    entity: [0x1d, 2],
    m: 60,
    exponent: 0,
    raw: [86, 0],
    thresholds: [15, 10, 5, undefined, undefined, undefined],
  },
  {
    name: 'Power In',
    type: 0x0b,
    unit: 6,
    entity: [0x0a, 1],
    m: 4,
    exponent: 0,
    raw: [46, 3],
    thresholds: [undefined, undefined, undefined, 180, 190, 200],
  },
];

const discrete: readonly DiscreteSensor[] = [
  { name: 'PSU 1 Status', type: 0x08, entity: [0x0a, 1], states: 0b0000_0001 },
  { name: 'PSU 2 Status', type: 0x08, entity: [0x0a, 2], states: 0b0000_1001 },
  { name: 'Intrusion', type: 0x05, entity: [0x17, 1], states: 0 },
];

const thresholdBits = [0, 1, 2, 3, 4, 5];

const boards = new Map<number, SensorBoard>();

/** A board with at least this many sensors. Boards alike are one, for nothing in them changes. */
export function sensorBoard(count: number): SensorBoard {
  const board = boards.get(count) ?? new SensorBoard(count);
  boards.set(count, board);
  return board;
}

/** The sensors of a board: the usual ones, and then fans until there are enough. */
export class SensorBoard {
  readonly #analog: readonly AnalogSensor[];
  /** Sensor data records by record id from 1. IPMI v2.0 sections 43.1, 43.2 and 43.9. */
  readonly records: readonly Buffer[];

  constructor(count: number) {
    const more = Math.max(0, count - analog.length - discrete.length);
    const fans = Array.from({ length: more }, (_, index) => fan(index + 3));
    this.#analog = [...analog, ...fans];
    const { length } = this.#analog;
    this.records = [
      ...this.#analog.map((sensor, index) => fullRecord(index + 1, sensor)),
      ...discrete.map((sensor, index) => compactRecord(length + index + 1, sensor)),
      locatorRecord(length + discrete.length + 1),
    ];
  }

  /** Get Sensor Reading; nothing for a number that no sensor has. IPMI v2.0 section 35.14. */
  read(number: number, machine: Machine): readonly number[] | undefined {
    const sensor = this.#analog[number - 1];
    if (sensor) {
      const raw = sensor.raw[machine.on ? 0 : 1] + (machine.on ? drift(number) : 0);
      return [raw, 0xc0, stateOf(raw, sensor)];
    }
    const states = discrete[number - 1 - this.#analog.length]?.states;
    return states === undefined ? undefined : [0, 0xc0, states & 0xff, 0x80 | (states >> 8)];
  }

  /** Get Sensor Thresholds. IPMI v2.0 section 35.9. */
  thresholds(number: number): readonly number[] | undefined {
    const sensor = this.#analog[number - 1];
    return sensor && [maskOf(sensor), ...sensor.thresholds.map((raw) => raw ?? 0)];
  }
}

function fan(instance: number): AnalogSensor {
  const [usual] = analog.filter(({ type }) => type === 0x04);
  if (!usual) throw new Error('no fan to copy');
  return { ...usual, name: `Fan ${instance}`, entity: [0x1d, instance] };
}

function maskOf({ thresholds }: AnalogSensor): number {
  return thresholdBits.reduce((mask, bit) => mask | (thresholds[bit] === undefined ? 0 : 1 << bit), 0);
}

function stateOf(raw: number, { thresholds }: AnalogSensor): number {
  return thresholdBits.reduce((state, bit) => {
    const limit = thresholds[bit];
    if (limit === undefined) return state;
    return state | ((bit < 3 ? raw <= limit : raw >= limit) ? 1 << bit : 0);
  }, 0xc0);
}

/** A reading that moves a little from second to second. */
function drift(number: number): number {
  return Math.round(2 * Math.sin(Date.now() / 7000 + number));
}

function fullRecord(id: number, sensor: AnalogSensor): Buffer {
  const name = Buffer.from(sensor.name, 'latin1');
  const record = Buffer.alloc(48 + name.length);
  head(record, { id, type: 0x01, entity: sensor.entity, sensorType: sensor.type, eventType: 0x01 });
  record[18] = record[19] = maskOf(sensor);
  record[21] = sensor.unit;
  record[24] = sensor.m & 0xff;
  record[25] = (sensor.m >> 2) & 0xc0;
  record[29] = (sensor.exponent & 0x0f) << 4;
  record[31] = sensor.raw[0];
  for (const [at, bit] of [5, 4, 3, 2, 1, 0].entries()) record[36 + at] = sensor.thresholds[bit] ?? 0;
  record[47] = 0xc0 | name.length;
  name.copy(record, 48);
  return record;
}

function compactRecord(id: number, sensor: DiscreteSensor): Buffer {
  const name = Buffer.from(sensor.name, 'latin1');
  const record = Buffer.alloc(32 + name.length);
  head(record, { id, type: 0x02, entity: sensor.entity, sensorType: sensor.type, eventType: 0x6f });
  record.writeUInt16LE(0x00ff, 18);
  record[20] = 0xc0; // no reading
  record[23] = 0x01;
  record[31] = 0xc0 | name.length;
  name.copy(record, 32);
  return record;
}

/** Management controller device locator, IPMI v2.0 section 43.9. */
function locatorRecord(id: number): Buffer {
  const name = Buffer.from('Demo BMC', 'latin1');
  const record = Buffer.alloc(16 + name.length);
  record.writeUInt16LE(id, 0);
  record[2] = 0x51;
  record[3] = 0x12;
  record[4] = record.length - 5;
  record[5] = 0x20;
  record[8] = 0x9f;
  record[12] = 0x07;
  record[13] = 1;
  record[15] = 0xc0 | name.length;
  name.copy(record, 16);
  return record;
}

interface RecordHead {
  readonly id: number;
  readonly type: number;
  readonly entity: readonly [number, number];
  readonly sensorType: number;
  readonly eventType: number;
}

function head(record: Buffer, { id, type, entity, sensorType, eventType }: RecordHead): void {
  record.writeUInt16LE(id, 0);
  record[2] = 0x51;
  record[3] = type;
  record[4] = record.length - 5;
  record[5] = 0x20;
  record[7] = id;
  [record[8], record[9]] = entity;
  record[10] = 0x7f;
  record[11] = 0x48; // readable and settable thresholds, re-arms by itself
  record[12] = sensorType;
  record[13] = eventType;
}
