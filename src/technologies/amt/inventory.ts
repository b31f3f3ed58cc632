import { battery } from '../../protocols/amt/cim/battery';
import { biosElement } from '../../protocols/amt/cim/biosElement';
import { card } from '../../protocols/amt/cim/card';
import { chassis } from '../../protocols/amt/cim/chassis';
import { chip } from '../../protocols/amt/cim/chip';
import { computerSystemPackage } from '../../protocols/amt/cim/computerSystemPackage';
import { ethernetPort } from '../../protocols/amt/cim/ethernetPort';
import { ethernetPortSettings } from '../../protocols/amt/cim/ethernetPortSettings';
import { fan } from '../../protocols/amt/cim/fan';
import { hostBootReason } from '../../protocols/amt/cim/hostBootReason';
import { mediaAccessDevice } from '../../protocols/amt/cim/mediaAccessDevice';
import { physicalMemory } from '../../protocols/amt/cim/physicalMemory';
import { physicalPackage } from '../../protocols/amt/cim/physicalPackage';
import { processor } from '../../protocols/amt/cim/processor';
import { sensor } from '../../protocols/amt/cim/sensor';
import { softwareIdentity } from '../../protocols/amt/cim/softwareIdentity';
import { wifiPort } from '../../protocols/amt/cim/wifiPort';
import { formatGuidDigits } from '../../protocols/amt/guid';
import type { CimClass, Fields, InstanceOf } from '../../protocols/wsman/cimClass';
import type { AmtClient } from './client';

export interface SystemFacts {
  readonly chassis: InstanceOf<typeof chassis> | undefined;
  /** In its usual form; what is no GUID as the device gives it. */
  readonly guid: string | undefined;
}

export async function readSystem(client: AmtClient, signal: AbortSignal): Promise<SystemFacts> {
  const found = await client.find(chassis, signal);
  const digits = (await client.find(computerSystemPackage, signal))?.PlatformGUID?.trim() ?? '';
  const guid = /^[0-9a-f]{32}$/i.test(digits) ? formatGuidDigits(digits) : digits;
  return { chassis: found, guid: guid === '' ? undefined : guid };
}

export function readChassis(client: AmtClient, signal: AbortSignal) {
  return client.find(chassis, signal);
}

export function readCard(client: AmtClient, signal: AbortSignal) {
  return client.find(card, signal);
}

export function readBios(client: AmtClient, signal: AbortSignal) {
  return client.find(biosElement, signal);
}

/** Why the computer started the last time, in words; nothing where the firmware does not say. */
export async function readBootReason(client: AmtClient, signal: AbortSignal): Promise<string | undefined> {
  const reason = await client.find(hostBootReason, signal);
  const [why, from] = [reason?.Reason, reason?.PreviousSxState].map((word) =>
    word?.includes('unknown') === true ? undefined : word,
  );
  return from === undefined ? why : `${why ?? 'started'} from ${from}`;
}

export interface ProcessorFacts {
  readonly processor: InstanceOf<typeof processor>;
  /** The brand, for the two lists come from one walk over SMBIOS and are in the same order. */
  readonly chip: InstanceOf<typeof chip> | undefined;
}

export async function readProcessors(client: AmtClient, signal: AbortSignal): Promise<readonly ProcessorFacts[]> {
  const processors = await client.list(processor, signal);
  const chips = await client.list(chip, signal);
  return processors.map((one, index) => {
    const sameTag = chips.find(({ Tag }) => Tag !== undefined && Tag === one.DeviceID);
    return { processor: one, chip: sameTag ?? chips[index] };
  });
}

export function readMemory(client: AmtClient, signal: AbortSignal) {
  return client.list(physicalMemory, signal);
}

export interface DriveFacts {
  readonly drive: InstanceOf<typeof mediaAccessDevice>;
  /** Absent where the device does not list a package for each drive. */
  readonly medium: InstanceOf<typeof physicalPackage> | undefined;
}

/** Drives and, in the same order, the packages that are neither board nor chassis. */
export async function readDrives(client: AmtClient, signal: AbortSignal): Promise<readonly DriveFacts[]> {
  const drives = await client.list(mediaAccessDevice, signal);
  if (drives.length === 0) return [];
  const packages = await client.list(physicalPackage, signal);
  const media = packages.filter(({ CreationClassName: name }) => name !== 'CIM_Card' && name !== 'CIM_Chassis');
  return drives.map((drive, index) => ({ drive, medium: media.length === drives.length ? media[index] : undefined }));
}

export function readBatteries(client: AmtClient, signal: AbortSignal) {
  return client.list(battery, signal);
}

export function readSoftware(client: AmtClient, signal: AbortSignal) {
  return client.list(softwareIdentity, signal);
}

export function readSensors(client: AmtClient, signal: AbortSignal) {
  return client.list(sensor, signal);
}

export function readFans(client: AmtClient, signal: AbortSignal) {
  return client.list(fan, signal);
}

/** What may be put in the place of a broken one, in the order of the device. */
export async function readUnits(client: AmtClient, signal: AbortSignal): Promise<readonly Unit[]> {
  const units: Unit[] = [];
  const add = async <F extends Fields>(area: string, cimClass: CimClass<F>): Promise<void> => {
    for (const one of await client.list(cimClass, signal))
      units.push({ area, fields: one as unknown as Unit['fields'] });
  };
  await add('chassis', chassis);
  await add('board', card);
  await add('processor', chip);
  await add('memory', physicalMemory);
  return units;
}

export interface Unit {
  readonly area: string;
  /** What every CIM_PhysicalElement has. */
  readonly fields: Pick<
    InstanceOf<typeof card>,
    'ElementName' | 'Tag' | 'Manufacturer' | 'Model' | 'PartNumber' | 'SerialNumber' | 'Version' | 'CanBeFRUed'
  >;
}

export interface PortFacts {
  readonly name: 'wired' | 'wireless';
  readonly port: InstanceOf<typeof ethernetPort> | InstanceOf<typeof wifiPort> | undefined;
  readonly settings: InstanceOf<typeof ethernetPortSettings>;
}

/** The network ports and the addresses that AMT has on them. */
export async function readPorts(client: AmtClient, signal: AbortSignal): Promise<readonly PortFacts[]> {
  const settings = await client.list(ethernetPortSettings, signal);
  const wired = await client.list(ethernetPort, signal);
  const wireless = await client.list(wifiPort, signal);
  return settings.flatMap((one) => {
    const number = /\d+$/.exec(one.InstanceID ?? '')?.[0];
    if (number === undefined || !isFitted(one.MACAddress)) return [];
    const isWired = number === '0';
    const port = isWired ? wired.find(({ DeviceID }) => DeviceID?.endsWith(number)) : wireless[0];
    return [{ name: isWired ? 'wired' : 'wireless', port, settings: one } as const];
  });
}

/** Devices list the settings of a wireless adapter also where there is none. */
function isFitted(mac: string | undefined): boolean {
  return mac !== undefined && /[1-9a-f]/i.test(mac);
}
