import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { run } from '../../../src/cli/run';
import { testIo } from '../../fakes/io';
import { type ShownRow, showRows } from '../../fakes/showRows';
import { temporaryFolder } from '../../fakes/temporaryFolder';
import { type IpmiSim, ipmiSimPassword, startIpmiSim } from '../../peers/ipmiSim';
import { has } from '../../peers/programs';

// On a machine without these programs `npm test` names what it left out.
const isThere = ['ipmi_sim', 'ipmitool', 'ipmi-sel', 'sdrcomp'].every(has);

const sensorRecords = `
sdr type 1
sensor_owner_id 0x20
sensor_owner_lun 0
channel_number 0
sensor_number 1
entity_id processor
entity_instance 1
sensor_type Temperature
init_scanning true
default_sensor_scan_on true
sensor_threshold_access settable
uc_thrsh_readable true
event_reading_type_code 1
analog_data_format unsigned
rate_unit none
modifier_unit none
percentage false
base_unit degrees_C
linearization linear
m 2
b -20
r_exp 0
b_exp 0
sensor_direction input
sensor_maximum 255
sensor_minimum 0
id_string "Heat"
endsdr
sdr type 2
sensor_owner_id 0x20
sensor_owner_lun 0
channel_number 0
sensor_number 2
entity_id power_supply
entity_instance 1
sensor_type Power_Supply
event_reading_type_code 0x6f
id_string "Supply"
endsdr
sdr type 3
sensor_owner_id 0x20
sensor_owner_lun 0
channel_number 0
sensor_number 3
entity_id processor
entity_instance 2
sensor_type Processor
event_reading_type_code 0x6f
id_string "Socket"
endsdr
`;

/** Sensor type, number, direction and event type, data 1 to 3; then sensor, event, direction, severity and details as we say it; then ipmitool's. */
type Event = readonly [bytes: readonly number[], ours: readonly string[], theirs: readonly string[]];

const thresholdEvents: readonly Event[] = [
  'lower non-critical going low ',
  'lower non-critical going high',
  'lower critical going low ',
  'lower critical going high',
  'lower non-recoverable going low ',
  'lower non-recoverable going high',
  'upper non-critical going low ',
  'upper non-critical going high',
  'upper critical going low ',
  'upper critical going high',
  'upper non-recoverable going low ',
  'upper non-recoverable going high',
].flatMap((event, offset): Event[] => {
  const before = ['ok', 'non-critical', 'critical'][(offset >> 1) % 3]!;
  const isPassed = offset >= 6 === offset % 2 > 0;
  const severity = isPassed ? ['non-critical', 'critical', 'non-recoverable'][(offset >> 1) % 3]! : before;
  const theirs = event.replace(
    /^(.)(\w+) (.)/,
    (_, a: string, b: string, c: string) => `${a.toUpperCase()}${b} ${c.toUpperCase()}`,
  );
  const numbers = { reading: 0x40 + offset, limit: 0x30 + offset };
  const values = `reading ${2 * numbers.reading - 20} °C, threshold ${2 * numbers.limit - 20} °C`;
  const data = [0x50 | offset, numbers.reading, numbers.limit];
  return [
    [
      [0x01, 1, 0x01, ...data],
      ['Heat', event.trim(), 'asserted', severity, values],
      [theirs, 'Asserted'],
    ],
    [
      [0x01, 1, 0x81, ...data],
      ['Heat', event.trim(), 'deasserted', before, values],
      [theirs, 'Deasserted'],
    ],
  ];
});

const events: readonly Event[] = [
  ...thresholdEvents,
  [
    [0x08, 2, 0x6f, 0, 0xff, 0xff],
    ['Supply', 'present', 'asserted', 'information', ''],
    ['Presence detected', 'Asserted'],
  ],
  [
    [0x08, 2, 0x6f, 1, 0xff, 0xff],
    ['Supply', 'failure', 'asserted', 'critical', ''],
    ['Failure detected', 'Asserted'],
  ],
  [
    [0x08, 2, 0x6f, 2, 0xff, 0xff],
    ['Supply', 'predictive failure', 'asserted', 'non-critical', ''],
    ['Predictive failure', 'Asserted'],
  ],
  [
    [0x08, 2, 0xef, 3, 0xff, 0xff],
    ['Supply', 'input lost', 'deasserted', 'ok', ''],
    ['Power Supply AC lost', 'Deasserted'],
  ],
  [
    [0x07, 3, 0x6f, 0, 0xff, 0xff],
    ['Socket', 'IERR', 'asserted', 'critical', ''],
    ['IERR', 'Asserted'],
  ],
  [
    [0x07, 3, 0x6f, 1, 0xff, 0xff],
    ['Socket', 'thermal trip', 'asserted', 'non-recoverable', ''],
    ['Thermal Trip', 'Asserted'],
  ],
  [
    [0x07, 3, 0x6f, 7, 0xff, 0xff],
    ['Socket', 'present', 'asserted', 'information', ''],
    ['Presence detected', 'Asserted'],
  ],
  [
    [0x05, 9, 0x6f, 0, 0xff, 0xff],
    ['sensor 09h', 'chassis intrusion', 'asserted', 'critical', ''],
    ['General Chassis intrusion', 'Asserted'],
  ],
  [
    [0x0c, 9, 0x6f, 0xa1, 0x12, 0x03],
    ['sensor 09h', 'uncorrectable ECC', 'asserted', 'critical', 'data 12 03'],
    ['Uncorrectable ECC', 'Asserted'],
  ],
  [
    [0x0f, 9, 0x6f, 0xc2, 0x13, 0xff],
    ['sensor 09h', 'progress', 'asserted', 'information', 'starting operating system boot'],
    ['System boot initiated', 'Asserted'],
  ],
  [
    [0x0f, 9, 0x6f, 0xc2, 0x19, 0xff],
    ['sensor 09h', 'progress', 'asserted', 'information', 'primary processor'],
    ['Primary CPU initialization', 'Asserted'],
  ],
  [
    [0x0f, 9, 0x6f, 0xc0, 0x0d, 0xff],
    ['sensor 09h', 'error', 'asserted', 'critical', 'processor speed mismatch'],
    ['CPU speed mismatch failure', 'Asserted'],
  ],
  [
    [0x10, 9, 0x6f, 2, 0xff, 0xff],
    ['sensor 09h', 'log cleared', 'asserted', 'information', ''],
    ['Log area reset/cleared', 'Asserted'],
  ],
  [
    [0x12, 9, 0x6f, 1, 0xff, 0xff],
    ['sensor 09h', 'OEM system boot', 'asserted', 'information', ''],
    ['OEM System boot event', 'Asserted'],
  ],
  [
    [0x13, 9, 0x6f, 9, 0xff, 0xff],
    ['sensor 09h', 'fatal NMI', 'asserted', 'non-recoverable', ''],
    ['Fatal NMI', 'Asserted'],
  ],
  [
    [0x1e, 9, 0x6f, 0, 0xff, 0xff],
    ['sensor 09h', 'no bootable media', 'asserted', 'critical', ''],
    ['No bootable media', 'Asserted'],
  ],
  [
    [0x20, 9, 0x6f, 1, 0xff, 0xff],
    ['sensor 09h', 'run-time stop', 'asserted', 'critical', ''],
    ['Run-time critical stop', 'Asserted'],
  ],
  [
    [0x22, 9, 0x6f, 0, 0xff, 0xff],
    ['sensor 09h', 'S0', 'asserted', 'information', ''],
    ['S0/G0: working', 'Asserted'],
  ],
  [
    [0x23, 9, 0x6f, 1, 0xff, 0xff],
    ['sensor 09h', 'hard reset', 'asserted', 'critical', ''],
    ['Hard reset', 'Asserted'],
  ],
  [
    [0x0b, 9, 0x0b, 1, 0xff, 0xff],
    ['sensor 09h', 'redundancy lost', 'asserted', 'critical', ''],
    ['Redundancy Lost', 'Asserted'],
  ],
  [
    [0x0d, 9, 0x6f, 1, 0xff, 0xff],
    ['sensor 09h', 'fault', 'asserted', 'critical', ''],
    ['Drive Fault', 'Asserted'],
  ],
  [
    [0x29, 9, 0x6f, 0, 0xff, 0xff],
    ['sensor 09h', 'low', 'asserted', 'non-critical', ''],
    ['Low', 'Asserted'],
  ],
  [
    [0x14, 9, 0x6f, 2, 0xff, 0xff],
    ['sensor 09h', 'reset button', 'asserted', 'information', ''],
    ['Reset Button pressed', 'Asserted'],
  ],
  [
    [0x09, 9, 0x6f, 4, 0xff, 0xff],
    ['sensor 09h', 'AC lost', 'asserted', 'critical', ''],
    ['AC lost', 'Asserted'],
  ],
];
const oem = [
  'sel_add 0x20 0xc1 0 0 0 0 0x57 0x01 0x00 1 2 3 0xa 0xb 0xc',
  'sel_add 0x20 0xe1 1 2 3 4 5 6 7 8 9 10 11 12 13',
];
const emulator = [...events.map(([bytes]) => `sel_add 0x20 2 0 0 0 0 0x20 0 4 ${bytes.join(' ')}`), ...oem];

describe.runIf(isThere)('the event log of a real ipmi_sim', () => {
  const folder = temporaryFolder();
  let bmc: IpmiSim;
  beforeAll(async () => {
    bmc = await startIpmiSim({ emulator, sensorRecords });
  }, 30_000);
  afterAll(async () => {
    await bmc[Symbol.asyncDispose]();
    folder[Symbol.dispose]();
  });

  const url = (): string => `ipmi://admin@127.0.0.1:${bmc.port}?cipherSuite=3`;
  const rowsOf = (): Promise<readonly ShownRow[]> =>
    showRows('system-event-log', url(), { folder: folder.path, password: ipmiSimPassword });
  const clear = async (...options: readonly string[]): Promise<object> => {
    const env = { SIDEBAND_PASSWORD: ipmiSimPassword, SIDEBAND_STATE: folder.path };
    const io = testIo({ cwd: folder.path, env });
    expect(await run(['do', 'sel.clear', url(), '--json', '--yes', ...options], io)).toBe(0);
    return (JSON.parse(io.stdout) as { results: readonly [object] }).results[0];
  };
  const lines = async (...args: readonly string[]): Promise<readonly string[]> =>
    (await bmc.ipmitool(...args)).stdout.trim().split('\n').filter(Boolean);

  test('fifty records as ipmitool has them', { timeout: 30_000 }, async () => {
    const [rows, theirs] = [await rowsOf(), await lines('sel', 'elist')];
    expect(rows).toHaveLength(50);
    expect(theirs).toHaveLength(50);
    for (const [
      index,
      [, [sensor, event, direction, severity, details], [theirEvent, theirDirection]],
    ] of events.entries()) {
      const row = rows[index]!;
      expect(row.slice(0, 1).concat(row.slice(2, 3), row.slice(4, 8))).toEqual([
        index + 1,
        severity,
        sensor,
        event,
        direction,
        details,
      ]);
      const [id, , , theirSensor, shown, shownDirection, values] = theirs[index]!.split('|').map((cell) => cell.trim());
      expect(Number.parseInt(id!, 16)).toBe(index + 1);
      expect(shown).toBe(theirEvent!.trim());
      expect(shownDirection).toBe(theirDirection);
      if (!sensor!.startsWith('sensor')) expect(theirSensor).toMatch(new RegExp(`${sensor}$`));
      const numbers = details!.match(/-?\d+(?= °C)/g);
      if (numbers) expect(values!.match(/-?\d+(?= )/g)).toEqual(numbers);
    }
    expect(rows.slice(-2).map((row) => row.slice(2))).toEqual([
      ['information', 'OEM', '', 'record c1h', '', '01 02 03 0a 0b 0c', 'Intel'],
      ['information', 'OEM', '', 'record e1h', '', '01 02 03 04 05 06 07 08 09 0a 0b 0c 0d', ''],
    ]);
    expect(theirs[48]).toMatch(/OEM record c1 \| 000157 \| 010203 ?0a0b0c/);
  });

  test('sensors, events, values and states as FreeIPMI has them', { timeout: 30_000 }, async () => {
    const { stdout } = await bmc.freeIpmi(
      'ipmi-sel',
      '--comma-separated-output',
      '--no-header-output',
      '--output-event-state',
    );
    const theirs = stdout.trim().split('\n');
    expect(theirs).toHaveLength(50);
    const states: Readonly<Record<string, string>> = {
      ok: 'Nominal',
      information: 'Nominal',
      'non-critical': 'Warning',
      critical: 'Critical',
      'non-recoverable': 'Critical',
    };
    const rows = await rowsOf();
    for (const [index, row] of rows.slice(0, thresholdEvents.length).entries()) {
      const [id, , severity, , sensor, event, , details] = row.map(String);
      const [reading, limit] = details!.match(/-?\d+(?= °C)/g)!;
      const text = theirs[index]!.replace(/^(\d+),\w+,\w+,/, '$1,')
        .replace(' - ', ' ')
        .toLowerCase();
      const values = `; sensor reading = ${reading}.00 c ; threshold = ${limit}.00 c`;
      expect(text).toBe(`${id},${sensor},temperature,${states[severity!]},${event} ${values}`.toLowerCase());
    }
    expect(theirs[48]).toMatch(/= 01h 02h 03h 0Ah 0Bh 0Ch$/);
  });

  test('a time as ipmitool has it, once the clock is set', { timeout: 30_000 }, async () => {
    expect((await rowsOf())[0]![1]).toMatch(/^start \+ \d{2}:\d{2}:\d{2}$/);
    await bmc.ipmitool('raw', '0x0a', '0x49', ...'0xc0 0x2a 0x4 0x6b'.split(' '));
    await bmc.ipmitool('raw', '0x0a', '0x44', ...'0 0 2 0 0 0 0 0x20 0 4 1 1 1 0x57 0x44 0x40'.split(' '));
    const theirs = (await lines('-Z', 'sel', 'elist'))
      .at(-1)!
      .split('|')
      .map((cell) => cell.trim());
    const ours = (await rowsOf()).at(-1)!;
    expect(ours[1]).toMatch(/^2026-11-23 12:00:/);
    expect(theirs[2]).toContain(String(ours[1]).slice(11));
  });

  test('it is cleared, and what it held is kept when asked to', { timeout: 30_000 }, async () => {
    const before = await rowsOf();
    const { value } = (await clear('--keep')) as {
      value: { cleared: number; entries: readonly { id: number; event: string }[] };
    };
    expect(value.cleared).toBe(before.length);
    expect(value.entries.map(({ id, event }) => [id, event])).toEqual(before.map((row) => [row[0], row[5]]));
    expect((await lines('sel', 'info')).join('\n')).toMatch(/Entries +: 0/);
    expect(await rowsOf()).toEqual([]);
    expect(await clear()).toMatchObject({ outcome: 'already' });
  });
});
