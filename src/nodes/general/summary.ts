import { toSidebandError } from '../../base/errors';
import { amt } from '../../technologies/amt/amt';
import type { AmtClient } from '../../technologies/amt/client';
import {
  readBios,
  readChassis,
  readDrives,
  readMemory,
  readPorts,
  readProcessors,
} from '../../technologies/amt/inventory';
import type { IpmiClient } from '../../technologies/ipmi/client';
import { fruField, readBuiltInFru } from '../../technologies/ipmi/fru';
import { ipmi } from '../../technologies/ipmi/ipmi';
import { readLan } from '../../technologies/ipmi/lan';
import { readSystemInfo } from '../../technologies/ipmi/systemInfo';
import { defineNode, type ReadContext, type Row } from '../node';

const gibibyte = 1024 ** 3;
const kilobytesOfGigabyte = 1_000_000;

/** The first thing to look at, and the report of a whole fleet: one row for each computer. */
export const summary = defineNode(
  {
    id: 'summary',
    title: 'Summary',
    description: 'The computer in one row: make, parts, firmware and power.',
    path: ['General'],
    kind: 'audit',
    columns: [
      'Power',
      'Manufacturer',
      'Model',
      'Serial number',
      'Processors',
      'Memory (GiB)',
      'Disks (GB)',
      'BIOS',
      'Management',
      'MAC address',
    ],
  },
  (from) => [from(amt, readAmt), from(ipmi, readIpmi)],
);

async function readAmt(client: AmtClient, { computer, signal }: ReadContext): Promise<readonly Row[]> {
  const { state: power } = await client.readPower(signal);
  computer.see({ power, at: Date.now(), technology: 'amt' });
  const chassis = await readChassis(client, signal);
  const processors = await readProcessors(client, signal);
  const memory = await readMemory(client, signal);
  const drives = await readDrives(client, signal);
  const bios = await readBios(client, signal);
  const [port] = await readPorts(client, signal);
  return [
    [
      power,
      chassis?.Manufacturer ?? null,
      chassis?.Model ?? null,
      chassis?.SerialNumber ?? null,
      countedNames(processors.map(({ chip, processor }) => chip?.Version?.trim() ?? processor.DeviceID ?? 'unknown')),
      total(
        memory.map(({ Capacity }) => Capacity),
        gibibyte,
      ),
      total(
        drives.map(({ drive }) => drive.MaxMediaSize),
        kilobytesOfGigabyte,
      ),
      bios?.Version ?? null,
      client.version === undefined ? 'AMT' : `AMT ${client.version}`,
      port?.settings.MACAddress?.replaceAll('-', ':') ?? null,
    ],
  ];
}

async function readIpmi(client: IpmiClient, { computer, signal }: ReadContext): Promise<readonly Row[]> {
  const power = (await client.chassisStatus(signal)).poweredOn ? 'on' : 'off';
  computer.see({ power, at: Date.now(), technology: 'ipmi' });
  const fru = await ifTold(readBuiltInFru(client, signal));
  const product = (name: string): string | null =>
    (fru && (fruField(fru, 'product', name) ?? fruField(fru, 'board', name))) ?? null;
  const bios = await ifTold(readSystemInfo(client, 'systemFirmwareVersion', signal));
  const [lan] = (await ifTold(readLan(client, signal))) ?? [];
  const { firmware } = await client.deviceId(signal);
  return [
    [
      power,
      product('Manufacturer'),
      product('Product'),
      product('Serial number'),
      null,
      null,
      null,
      bios ?? null,
      `BMC ${firmware}`,
      lan?.mac ?? null,
    ],
  ];
}

/** Nothing where the controller does not have it, or does not tell it to this user. */
async function ifTold<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (thrown) {
    const { code } = toSidebandError(thrown);
    if (code.startsWith('device.') || code === 'access.privilege') return undefined;
    throw thrown;
  }
}

/** `2 × Xeon Gold`, where there are several of one kind. */
function countedNames(names: readonly string[]): string | null {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].map(([name, count]) => (count > 1 ? `${count} × ${name}` : name)).join(', ') || null;
}

/** Nothing where the device tells no size at all. */
function total(sizes: readonly unknown[], unit: number): number | null {
  const known = sizes.filter((size) => typeof size === 'number');
  if (known.length === 0) return null;
  return Math.round((10 * known.reduce((sum, size) => sum + size, 0)) / unit) / 10;
}
