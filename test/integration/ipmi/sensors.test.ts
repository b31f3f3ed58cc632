import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ShownRow, showRows } from '../../fakes/showRows';
import { temporaryFolder } from '../../fakes/temporaryFolder';
import { type IpmiSim, ipmiSimPassword, startIpmiSim } from '../../peers/ipmiSim';
import { has } from '../../peers/programs';

// On a machine without these programs `npm test` names what it left out.
const isThere = ['ipmi_sim', 'ipmitool', 'sdrcomp'].every(has);

interface Analog {
  readonly name: string;
  readonly type: string;
  readonly sensorType: number;
  readonly entity: string;
  readonly unit: string;
  readonly m: number;
  readonly b?: number;
  readonly exponent?: number;
  readonly bExponent?: number;
  readonly format?: 'unsigned' | '2s_complement';
  readonly raw: number;
}

const analog: readonly Analog[] = [
  ...[41, 55, 99, 20].map((raw, index) => ({
    name: `Temp ${index + 1}`,
    ...{ type: 'Temperature', sensorType: 1, entity: 'processor', unit: 'degrees_C', m: 1, raw },
  })),
  {
    name: 'Cold',
    type: 'Temperature',
    sensorType: 1,
    entity: 'system_board',
    unit: 'degrees_C',
    m: 1,
    format: '2s_complement',
    raw: 0xf6,
  },
  {
    name: 'Offset',
    type: 'Temperature',
    sensorType: 1,
    entity: 'system_board',
    unit: 'degrees_C',
    m: 1,
    b: -50,
    raw: 100,
  },
  {
    name: 'Scaled',
    type: 'Temperature',
    sensorType: 1,
    entity: 'system_board',
    unit: 'degrees_C',
    m: 5,
    b: 3,
    bExponent: 1,
    exponent: -1,
    raw: 77,
  },
  ...[200, 201, 0, 255].map((raw, index) => ({
    name: `Rail ${index + 1}`,
    ...{ type: 'Voltage', sensorType: 2, entity: 'power_supply', unit: 'Volts', m: 6, exponent: -2, raw },
  })),
  { name: 'Core', type: 'Voltage', sensorType: 2, entity: 'processor', unit: 'Volts', m: 58, exponent: -3, raw: 0xcf },
  ...[50, 0, 88, 13].map((raw, index) => ({
    name: `Fan ${index + 1}`,
    ...{ type: 'Fan', sensorType: 4, entity: 'fan_cooling_device', unit: 'RPM', m: 60, raw },
  })),
  { name: 'Amps', type: 'Current', sensorType: 3, entity: 'power_supply', unit: 'Amps', m: 1, exponent: -1, raw: 123 },
  { name: 'Input', type: 'Power_Supply', sensorType: 8, entity: 'power_supply', unit: 'Watts', m: 4, raw: 46 },
];
const discrete = [
  { name: 'Supply 1', type: 'Power_Supply', sensorType: 8, bits: [0] },
  { name: 'Supply 2', type: 'Power_Supply', sensorType: 8, bits: [0, 3] },
  { name: 'Lid', type: 'Physical_Security', sensorType: 5, bits: [0] },
  { name: 'Quiet', type: 'Physical_Security', sensorType: 5, bits: [] },
];

function fullRecord(sensor: Analog, number: number): string {
  const { name, type, entity, unit, m, b = 0, exponent = 0, bExponent = 0, format = 'unsigned' } = sensor;
  return `sdr type 1
sensor_owner_id 0x20
sensor_owner_lun 0
channel_number 0
sensor_number ${number}
entity_id ${entity}
entity_instance ${number}
sensor_type ${type}
init_scanning true
default_sensor_scan_on true
sensor_threshold_access settable
uc_thrsh_readable true
unc_thrsh_readable true
lc_thrsh_readable true
event_reading_type_code 1
analog_data_format ${format}
rate_unit none
modifier_unit none
percentage false
base_unit ${unit}
linearization linear
m ${m}
b ${b}
r_exp ${exponent}
b_exp ${bExponent}
sensor_direction input
sensor_maximum 255
sensor_minimum 0
id_string "${name}"
endsdr
`;
}

function compactRecord({ name, type }: { readonly name: string; readonly type: string }, number: number): string {
  return `sdr type 2
sensor_owner_id 0x20
sensor_owner_lun 0
channel_number 0
sensor_number ${number}
entity_id power_supply
entity_instance ${number}
sensor_type ${type}
event_reading_type_code 0x6f
id_string "${name}"
endsdr
`;
}

const first = 1;
const records = [
  ...analog.map((sensor, index) => fullRecord(sensor, first + index)),
  ...discrete.map((sensor, index) => compactRecord(sensor, first + analog.length + index)),
];
const emulator = [
  'sensor_add 0x20 0 0 35 0x6f event-only',
  ...analog.flatMap(({ sensorType, raw, format }, index) => [
    `sensor_add 0x20 0 ${first + index} ${sensorType} 0x01`,
    `sensor_set_threshold 0x20 0 ${first + index} settable 011010 0x00 ${format ? '0x40' : '0xf0'} ${format ? '0x30' : '0x5a'} 0x00 0x05 0x00`,
    `sensor_set_value 0x20 0 ${first + index} ${raw} 0`,
  ]),
  ...discrete.flatMap(({ sensorType, bits }, index) => [
    `sensor_add 0x20 0 ${first + analog.length + index} ${sensorType} 0x6f`,
    `sensor_set_event_support 0x20 0 ${first + analog.length + index} enable scanning per-state ${Array(4).fill('000000000001111').join(' ')}`,
    ...bits.map((bit) => `sensor_set_bit 0x20 0 ${first + analog.length + index} ${bit} 1 0`),
  ]),
];

describe.runIf(isThere)('sensors of a real ipmi_sim', () => {
  const folder = temporaryFolder();
  let bmc: IpmiSim;
  let ours: readonly ShownRow[];
  beforeAll(async () => {
    bmc = await startIpmiSim({ emulator, sensorRecords: records.join('\n') });
    const url = `ipmi://admin@127.0.0.1:${bmc.port}?cipherSuite=3`;
    ours = await showRows('sensors', url, { folder: folder.path, password: ipmiSimPassword });
  }, 30_000);
  afterAll(async () => {
    await bmc[Symbol.asyncDispose]();
    folder[Symbol.dispose]();
  });

  const peerRows = async (...args: readonly string[]): Promise<readonly (readonly string[])[]> =>
    (await bmc.ipmitool(...args)).stdout
      .trim()
      .split('\n')
      .map((line) => line.split('|').map((cell) => cell.trim()));

  test('readings and thresholds as ipmitool has them', { timeout: 30_000 }, async () => {
    const rows = await peerRows('sensor', 'list');
    expect(rows.length).toBeGreaterThanOrEqual(analog.length);
    for (const [index, { name }] of analog.entries()) {
      const peer = rows.find(([one]) => one === name);
      const [number, ourName, , , reading, , , lnr, lc, lnc, unc, uc, unr] = ours[index]!;
      expect([number, ourName]).toEqual([first + index, name]);
      expect([name, reading]).toEqual([name, Number(peer?.[1])]);
      const limits = [lnr, lc, lnc, unc, uc, unr].map((limit) => (limit === null ? 'na' : Number(limit)));
      const theirs = peer?.slice(4, 10).map((limit) => (limit === 'na' ? 'na' : Number(limit)));
      expect([name, ...limits]).toEqual([name, ...(theirs ?? [])]);
    }
  });

  test('readings, units, thresholds and states as FreeIPMI has them', { timeout: 30_000 }, async () => {
    const { stdout } = await bmc.freeIpmi(
      'ipmi-sensors',
      ...['--comma-separated-output', '--no-header-output', '--output-sensor-thresholds'],
    );
    const units: Readonly<Record<string, string>> = { '°C': 'C', '': 'N/A' };
    const states: Readonly<Record<string, string>> = {
      ok: 'OK',
      'below lower critical': 'At or Below (<=) Lower Critical Threshold',
      'above upper non-critical': 'At or Above (>=) Upper Non-Critical Threshold',
      'above upper critical': 'At or Above (>=) Upper Critical Threshold',
    };
    const numberText = (value: ShownRow[number] | undefined): string =>
      typeof value === 'number' ? value.toFixed(2) : 'N/A';
    const theirs = stdout.trim().split('\n');
    expect(theirs).toHaveLength(analog.length + discrete.length);
    for (const [index, [number, name, , , reading, unit, state, ...limits]] of ours.slice(0, analog.length).entries()) {
      const [, , type] = theirs[index]!.split(',');
      const values = [numberText(reading), units[String(unit)] ?? unit, ...limits.map(numberText)];
      expect(theirs[index]).toBe([number, name, type, ...values, `'${states[String(state)]}'`].join(','));
    }
  });

  test('states as ipmitool has them', { timeout: 30_000 }, async () => {
    const rows = await peerRows('sdr', 'elist', 'compact');
    expect(rows.map(([name, , , , states]) => [name, states])).toEqual([
      ['Supply 1', 'Presence detected'],
      ['Supply 2', 'Presence detected, Power Supply AC lost'],
      ['Lid', 'General Chassis intrusion'],
      ['Quiet', ''],
    ]);
    expect(ours.slice(analog.length).map((row) => [row[1], row[6]])).toEqual([
      ['Supply 1', 'present'],
      ['Supply 2', 'present, input lost'],
      ['Lid', 'chassis intrusion'],
      ['Quiet', ''],
    ]);
  });
});
