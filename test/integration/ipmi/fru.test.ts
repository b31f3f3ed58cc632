import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ShownRow, showRows } from '../../fakes/showRows';
import { temporaryFolder } from '../../fakes/temporaryFolder';
import { type IpmiSim, ipmiSimPassword, startIpmiSim } from '../../peers/ipmiSim';
import { has } from '../../peers/programs';

// On a machine without these programs `npm test` names what it left out.
const isThere = ['ipmi_sim', 'ipmitool', 'ipmi-fru', 'sdrcomp'].every(has);

const sum = (bytes: Uint8Array): number => (256 - (bytes.reduce((total, byte) => total + byte, 0) & 0xff)) & 0xff;
const text = (value: string): readonly number[] => [0xc0 | value.length, ...Buffer.from(value, 'latin1')];

function area(start: readonly number[], ...fields: readonly (readonly number[])[]): Buffer {
  const content = [1, 0, ...start, ...fields.flat(), 0xc1];
  const bytes = Buffer.alloc(8 * Math.ceil((content.length + 1) / 8));
  bytes.set(content);
  bytes[1] = bytes.length / 8;
  bytes[bytes.length - 1] = sum(bytes);
  return bytes;
}

function record(type: number, isLast: boolean, data: readonly number[]): Buffer {
  const head = [type, (isLast ? 0x80 : 0) | 2, data.length, sum(Uint8Array.from(data))];
  return Buffer.from([...head, sum(Uint8Array.from(head)), ...data]);
}

/** Internal use, chassis, board, product and multirecord areas, in this order. */
function image(...areas: readonly (Buffer | undefined)[]): Buffer {
  const header = Buffer.alloc(8);
  header[0] = 1;
  let at = 8;
  for (const [index, bytes] of areas.entries()) {
    if (!bytes) continue;
    header[1 + index] = at / 8;
    at += bytes.length;
  }
  header[7] = sum(header);
  return Buffer.concat([header, ...areas.filter((bytes) => bytes !== undefined)]);
}

const chassis = area([23], text('CH-PN-100'), text('CH-0001'), text('Shelf 7'));
// 2024-01-02 00:00 is E0BC80h minutes after 1996-01-01 00:00.
const board = area(
  [25, 0x80, 0xbc, 0xe0],
  text('Acme Boards'),
  text('Test Board X1'),
  text('BRD-0001'),
  [0x83, 0x29, 0xdc, 0xa6], // packed: IPMI
  text('fru.txt'),
);
const product = area(
  [25],
  text('Acme Systems'),
  text('Test Server'),
  [0x43, 0x12, 0x3a, 0x45], // BCD plus: 123 45
  text('1.0'),
  text('PRD-0001'),
  text('asset-42'),
  [0xc0],
  text('Made on a Tuesday'),
);
const powerSupply = record(0, false, [
  ...[0xcc, 0x01, 0xf4, 0x01, 0x14, 0x05, 0x28, 0x23, 0xa0, 0x32, 0x20, 0x4e, 0xc0, 0x5d],
  ...[47, 63, 12, 0x0a, 0xe8, 0x13, 0x00, 0x00, 0x00, 0x00],
]);
const dcOutput = record(1, false, [0x01, 0xb0, 0x04, 0x88, 0xff, 0x78, 0x00, 0x78, 0x00, 0x64, 0x00, 0x10, 0x27]);
const managementAccess = record(3, true, [2, ...Buffer.from('node7.mgmt.example')]);
const broken = Buffer.from(board);
broken[20]! ^= 1;

const files = {
  'fru0.bin': image(Buffer.from([1, 2, 3, 4, 5, 6, 7, 8]), chassis, board, product),
  'fru1.bin': image(
    undefined,
    undefined,
    undefined,
    area([25], text('Acme Power'), text('PSU 460'), text('P-1')),
    Buffer.concat([powerSupply, dcOutput, managementAccess]),
  ),
  'fru2.bin': image(undefined, undefined, broken),
  'fru3.bin': Buffer.alloc(64, 0xff),
};
const locators = [1, 2, 3].map(
  (id) => `sdr type 0x11
device_access_address 0x20
fru_device_address ${id}
logical_fru true
lun 0
device_type 0x10
device_type_modifier 0
fru_entity_id power_supply
fru_entity_instance ${id}
id_string "Part ${id}"
endsdr
`,
);
const emulator = Object.entries(files).map(
  ([name, bytes], id) => `mc_add_fru_data 0x20 ${id} ${bytes.length} file 0 "@DIR@/${name}"`,
);

describe.runIf(isThere)('the FRU data of a real ipmi_sim', () => {
  const folder = temporaryFolder();
  let bmc: IpmiSim;
  beforeAll(async () => {
    bmc = await startIpmiSim({ emulator, files, sensorRecords: locators.join('\n') });
  }, 30_000);
  afterAll(async () => {
    await bmc[Symbol.asyncDispose]();
    folder[Symbol.dispose]();
  });

  const show = (node: string): Promise<readonly ShownRow[]> =>
    showRows(node, `ipmi://admin@127.0.0.1:${bmc.port}?cipherSuite=3`, {
      folder: folder.path,
      password: ipmiSimPassword,
    });
  const valuesOf = (rows: readonly ShownRow[], id: number, area: string): Readonly<Record<string, unknown>> =>
    Object.fromEntries(
      rows
        .filter((row) => row[0] === id && row[2] === area)
        .map(([, , , field, value, problem]): readonly [string, unknown] => [String(field ?? '!'), value ?? problem]),
    );

  test('what it is', async () => {
    const rows = await show('field-replaceable-units');
    expect(valuesOf(rows, 0, 'chassis')).toEqual({
      Type: 'rack-mount chassis',
      'Part number': 'CH-PN-100',
      'Serial number': 'CH-0001',
      'Custom 1': 'Shelf 7',
    });
    expect(valuesOf(rows, 0, 'board')).toEqual({
      Manufactured: '2024-01-02 00:00',
      Manufacturer: 'Acme Boards',
      Product: 'Test Board X1',
      'Serial number': 'BRD-0001',
      'Part number': 'IPMI',
      'FRU file': 'fru.txt',
    });
    expect(valuesOf(rows, 0, 'product')).toEqual({
      Manufacturer: 'Acme Systems',
      Product: 'Test Server',
      'Part number': '123 45',
      Version: '1.0',
      'Serial number': 'PRD-0001',
      'Asset tag': 'asset-42',
      'Custom 1': 'Made on a Tuesday',
    });
    expect(valuesOf(rows, 0, 'internal use')).toEqual({ Length: '7 bytes', Data: '02030405060708' });
    expect(valuesOf(rows, 1, 'power supply')).toEqual({
      Capacity: '460 W',
      Peak: '500 VA',
      Inrush: '20 A for 5 ms',
      Input: '90–129.6 V, 200–240 V, 47–63 Hz',
      'Dropout tolerance': '12 ms',
      'Peak capacity': '1000 W for 1 s',
      Features: 'power factor correction, hot swap',
    });
    expect(valuesOf(rows, 1, 'DC output')).toEqual({
      Output: '1',
      Voltage: '12 V',
      Deviation: '-1.2 to 1.2 V',
      'Ripple and noise': '120 mV',
      Current: '0.1 to 10 A',
    });
    expect(valuesOf(rows, 1, 'management access')).toEqual({ 'System name': 'node7.mgmt.example' });
    expect(valuesOf(rows, 2, 'board')).toMatchObject({ 'Serial number': 'BRD-0001', '!': 'its checksum is wrong' });
    expect(rows.filter(([id]) => id === 3)).toEqual([[3, 'Part 3', '', null, null, 'it was never written']]);
    expect(new Set(rows.map(([id, name]) => `${id} ${name}`))).toEqual(
      new Set(['0 built in', '1 Part 1', '2 Part 2', '3 Part 3']),
    );
  });

  test('the motherboard', async () => {
    expect(await show('motherboard')).toEqual([
      [
        ...['Acme Boards', 'Test Board X1', 'BRD-0001', 'IPMI', '2024-01-02 00:00', 'rack-mount chassis', 'CH-0001'],
        ...['Acme Systems', 'Test Server', 'PRD-0001', 'asset-42'],
      ],
    ]);
  });

  test('ipmitool has the same', { timeout: 30_000 }, async () => {
    const rows = await show('field-replaceable-units');
    const theirs: readonly Readonly<Record<string, string>>[] = (await bmc.ipmitool('fru', 'print')).stdout
      .split(/^FRU Device Description : /m)
      .slice(1)
      .map((unit) =>
        Object.fromEntries(
          [...unit.matchAll(/^ (.+?) +: (.*)$/gm)].map(([, name = '', value = '']) => [name, value] as const),
        ),
      );
    const pairs = [
      [
        0,
        'chassis',
        { 'Part number': 'Chassis Part Number', 'Serial number': 'Chassis Serial', 'Custom 1': 'Chassis Extra' },
      ],
      [
        ...[0, 'board'],
        {
          Manufacturer: 'Board Mfg',
          Product: 'Board Product',
          'Serial number': 'Board Serial',
          'Part number': 'Board Part Number',
        },
      ],
      [
        ...[0, 'product'],
        {
          Manufacturer: 'Product Manufacturer',
          Product: 'Product Name',
          'Part number': 'Product Part Number',
          Version: 'Product Version',
          'Serial number': 'Product Serial',
          'Asset tag': 'Product Asset Tag',
          'Custom 1': 'Product Extra',
        },
      ],
      [1, 'product', { Manufacturer: 'Product Manufacturer', Product: 'Product Name' }],
      [2, 'board', { Manufacturer: 'Board Mfg', Product: 'Board Product', 'Serial number': 'Board Serial' }],
    ] as const;
    for (const [id, name, fields] of pairs as readonly (readonly [
      number,
      string,
      Readonly<Record<string, string>>,
    ])[]) {
      const ours = valuesOf(rows, id, name);
      expect(Object.keys(fields).map((field) => ours[field])).toEqual(
        Object.values(fields).map((field) => theirs[id]![field]),
      );
    }
    expect(theirs[0]!['Board Mfg Date']).toMatch(/Jan +2 00:00:00 2024/);
  });

  test('FreeIPMI has the same of the power supply', { timeout: 30_000 }, async () => {
    const { stdout } = await bmc.freeIpmi('ipmi-fru', '--device-id=1');
    for (const line of [
      'Power Supply Overall Capacity: 460 Watts',
      'Power Supply Peak VA: 500 VA',
      'Power Supply Max Inrush Current: 20 Amps',
      'Power Supply Inrush Interval: 5 ms',
      'Power Supply Low End Input Voltage 1: 90000 mV',
      'Power Supply High End Input Voltage 1: 129600 mV',
      'Power Supply High End Input Voltage 2: 240000 mV',
      'Power Supply Low End Acceptable Frequency: 47 Hz',
      'Power Supply A/C Dropout Tolerance: 12 ms',
      'Power Supply Power Factor Correction Supported: Yes',
      'Power Supply AutoSwitch Supprt: No',
      'Power Supply Hot Swap Support: Yes',
      'Power Supply Peak Capacity: 1000 Watts',
      'Power Supply Hold Up Time: 1 s',
      'DC Output Output Number: 1',
      'DC Output Nominal Voltage: 12000 mV',
      'DC Output Maximum Negative Voltage Deviation: -1200 mV',
      'DC Output Ripple and Noise pk-pk: 120 mV',
      'DC Output Minimum Current Draw: 100 mA',
      'DC Output Maximum Current Draw: 10000 mA',
      'Management Access System Name: node7.mgmt.example',
    ]) {
      expect(stdout).toContain(`FRU ${line}\n`);
    }
  });
});
