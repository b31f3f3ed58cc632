import { expect, test } from 'vitest';
import { bios } from '../../../src/nodes/general/bios';
import { computerSystem } from '../../../src/nodes/general/computerSystem';
import { summary } from '../../../src/nodes/general/summary';
import { firmware } from '../../../src/nodes/general/firmware';
import { battery } from '../../../src/nodes/hardware/battery';
import { diskDrives } from '../../../src/nodes/hardware/diskDrives';
import { fieldReplaceableUnits } from '../../../src/nodes/hardware/fieldReplaceableUnits';
import { motherboard } from '../../../src/nodes/hardware/motherboard';
import { physicalMemory } from '../../../src/nodes/hardware/physicalMemory';
import { processors } from '../../../src/nodes/hardware/processors';
import { networkAdapterConfiguration } from '../../../src/nodes/network/networkAdapterConfiguration';
import { networkAdapters } from '../../../src/nodes/network/networkAdapters';
import { AmtStub, recorded } from '../../fakes/amtStub';

/** A device that answers as recorded ones did: literals below are what a reader sees in those files. */
const recordedDevice = (): AmtStub =>
  new AmtStub({
    'Get CIM_Chassis': recorded('cim/chassis/get.xml'),
    'Get CIM_Card': recorded('cim/card/get.xml'),
    'Get CIM_BIOSElement': recorded('cim/bios/element/get.xml'),
    'Enumerate CIM_Chassis': recorded('cim/chassis/pull.xml'),
    'Enumerate CIM_Card': recorded('cim/card/pull.xml'),
    'Enumerate CIM_Chip': onePull(recorded('cim/chip/pull.xml')),
    'Enumerate CIM_Processor': recorded('cim/physical/processor/pull.xml'),
    'Enumerate CIM_PhysicalMemory': recorded('cim/physical/memory/pull.xml'),
    'Enumerate CIM_MediaAccessDevice': recorded('cim/mediaaccess/pull.xml'),
    'Enumerate CIM_PhysicalPackage': recorded('cim/physical/package/pull.xml'),
    'Enumerate CIM_SoftwareIdentity': recorded('cim/software/identity/pull.xml'),
    'Enumerate CIM_EthernetPort': recorded('cim/ethernetport/pull.xml'),
    'Enumerate CIM_WiFiPort': recorded('cim/wifi/port/pull.xml'),
    'Enumerate AMT_EthernetPortSettings': recorded('amt/ethernetport/pull.xml'),
  });

/** A pull that was recorded in the middle of its sequence: the next one ends it. */
function onePull(first: string): () => string {
  const answers = [first, '<g:PullResponse><g:Items></g:Items><g:EndOfSequence/></g:PullResponse>'];
  return () => answers.shift() ?? '';
}

test('memory modules', async () => {
  const rows = await recordedDevice().show(physicalMemory);
  expect(rows).toEqual([
    ['BANK 0', 16384, 'DDR4', 'SODIMM', 2400, 2400, '859B', 'CT16G4SFD824A.M16FE', 'E0E8D670', '9876543210'],
    ['BANK 2', 16384, 'DDR4', 'SODIMM', 2400, 2400, '859B', 'CT16G4SFD824A.M16FE', 'E0E8D070', '9876543210 (#1)'],
  ]);
});

test('processors have the brand of their chip', async () => {
  await expect(recordedDevice().show(processors)).resolves.toEqual([
    [
      'CPU 0',
      'Intel(R) Core(TM) i7-9850H CPU @ 2.60GHz',
      'Intel(R) Corporation',
      2400,
      8300,
      100,
      198,
      '13',
      'enabled',
    ],
  ]);
});

test('drives; where packages do not tell them apart, none is guessed', async () => {
  await expect(recordedDevice().show(diskDrives)).resolves.toEqual([
    ['MEDIA DEV 0', null, null, 960.2, 'unknown', 'supports writing'],
    ['MEDIA DEV 1', null, null, 500.1, 'unknown', 'supports writing'],
  ]);
});

test('board and system', async () => {
  await expect(recordedDevice().show(motherboard)).resolves.toEqual([
    [
      'Intel Corporation',
      'NUC9V7QNB',
      'KNQN0221020W',
      'K47180-402',
      null,
      'unknown',
      'JRQN0243007J',
      'Intel(R) Client Systems',
      'NUC9V7QNX',
      'JRQN0243007J',
      null,
    ],
  ]);
});

test.each([
  [recorded('cim/computer/systempackage/get.xml'), '55e3ae13-bfd2-61bb-17a0-88aedd7037ea'],
  ['<g:CIM_ComputerSystemPackage><g:PlatformGUID></g:PlatformGUID></g:CIM_ComputerSystemPackage>', null],
  ['<g:CIM_ComputerSystemPackage><g:PlatformGUID>none set</g:PlatformGUID></g:CIM_ComputerSystemPackage>', 'none set'],
])('a GUID, and what is none does not hide the rest', async (systemPackage, guid) => {
  const device = recordedDevice();
  const power = recorded('cim/associatedpower/managementservice/get.xml');
  device.answers.set('Get CIM_AssociatedPowerManagementService', power);
  device.answers.set('Get CIM_ComputerSystemPackage', systemPackage);
  await expect(device.show(computerSystem)).resolves.toEqual([
    ['Intel(R) Client Systems', 'NUC9V7QNX', '15.0.23.1706', guid, 'on', null, null, 'JRQN0243007J', 'unknown'],
  ]);
});

test('BIOS', async () => {
  await expect(recordedDevice().show(bios)).resolves.toEqual([
    ['QNCFLX70.0054.2020.0810.2227', null, null, null, 'Intel Corp.', '2020-08-10'],
  ]);
});

test('firmware versions stay text', async () => {
  const rows = await recordedDevice().show(firmware);
  expect(rows).toContainEqual(['AMT', '12.0.67']);
  expect(rows).toContainEqual(['Sku', '16392']);
});

test('units that can be replaced', async () => {
  const rows = await recordedDevice().show(fieldReplaceableUnits);
  expect(rows).toContainEqual([1, 'Managed System Base Board', 'board', 'Serial number', 'KNQN0221020W', null]);
  expect(rows).toContainEqual([1, 'Managed System Base Board', 'board', 'Replaceable', 'yes', null]);
  expect(rows).toContainEqual([3, 'Managed System Memory Chip', 'memory', 'Serial number', 'E0E8D670', null]);
});

test('a desktop has no battery, and says so with no rows', async () => {
  await expect(recordedDevice().show(battery)).resolves.toEqual([]);
});

test('network adapters and their addresses', async () => {
  const [wired] = await recordedDevice().show(networkAdapters);
  expect(wired).toEqual([
    'wired',
    'Intel(r) AMT Ethernet Port 0',
    '00:be:43:d8:22:a4',
    'up',
    1000,
    2500,
    'integrated LAN',
  ]);
  const [configured] = await recordedDevice().show(networkAdapterConfiguration);
  expect(configured?.slice(0, 3)).toEqual(['wired', '00:be:43:d8:22:a4', 'DHCP']);
});

test('the summary, and what is not told stays empty', async () => {
  const device = recordedDevice();
  device.answers.set(
    'Get CIM_AssociatedPowerManagementService',
    recorded('cim/associatedpower/managementservice/get.xml'),
  );
  const [row] = await device.show(summary);
  expect(row).toEqual([
    'on',
    'Intel(R) Client Systems',
    'NUC9V7QNX',
    'JRQN0243007J',
    'Intel(R) Core(TM) i7-9850H CPU @ 2.60GHz',
    32,
    1460.3,
    'QNCFLX70.0054.2020.0810.2227',
    'AMT 15.0.23.1706',
    '00:be:43:d8:22:a4',
  ]);
});
