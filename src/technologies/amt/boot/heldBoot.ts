import { bootConfigSetting } from '../../../protocols/amt/cim/bootConfigSetting';
import { bootSettingData } from '../../../protocols/amt/cim/bootSettingData';
import { elementSettingData } from '../../../protocols/amt/cim/elementSettingData';
import type { Instance } from '../../../protocols/wsman/instance';
import { asksForSomething, describeBoot, noOverride } from '../../bootText';
import type { AmtClient } from '../client';
import { type AmtBoot, bootSwitches, newerSettings, toSettings, verbosityWord } from './bootOptions';
import { type ChosenSource, readSource } from './bootSources';
import { bootSettings } from './references';

/** What a device holds for the next boot. */
export interface HeldBoot {
  /** AMT_BootSettingData. */
  readonly settings: Instance;
  /** Absent: the device does not tell. */
  readonly source: ChosenSource | 'none' | undefined;
  /** Whether all that counts at the next boot. Absent: the device does not tell. */
  readonly isNext: boolean | undefined;
}

export async function readBoot(client: AmtClient, signal: AbortSignal): Promise<HeldBoot> {
  const settings = await client.wsman.get(bootSettingData.resourceUri, { selectors: bootSettings.selectors, signal });
  return { settings, source: await readSource(client, signal), isNext: await readIsNext(client, signal) };
}

/** Names what the device does not hold as wanted, as far as it tells. `source`: InstanceID of the wanted one. */
export function missing(
  { settings, source, isNext }: HeldBoot,
  wanted: AmtBoot,
  wantedSource?: string,
): readonly string[] {
  const properties = Object.entries(toSettings(wanted)).filter(([name]) => isKnown(settings, name));
  const held = source === 'none' ? undefined : source?.id;
  return [
    ...properties.filter(([name, value]) => settings.text(name) !== String(value)).map(([name]) => name),
    ...(source !== undefined && held !== wantedSource ? ['boot source'] : []),
    ...(isNext !== undefined && isNext !== asksForSomething(wanted) ? ['use at the next boot'] : []),
  ];
}

/** Whether everything that the next boot depends on can be read. */
export function isReadable({ source, isNext }: HeldBoot, { device }: AmtBoot): boolean {
  // The parameters of a boot over HTTPS are never told again.
  return source !== undefined && isNext !== undefined && device !== 'https';
}

/** Newer firmware has properties that older one does not take. */
export function isKnown(settings: Instance, name: string): boolean {
  return settings.text(name) !== undefined || !newerSettings.includes(name);
}

/** `pxe once, keyboard locked` */
export function describeHeld(held: HeldBoot): string {
  const { settings, isNext } = held;
  const isOn = (name: string): boolean => settings.text(name) === 'true';
  const boot = {
    ...Object.fromEntries(Object.entries(bootSwitches).map(([name, property]) => [name, isOn(property)])),
    ...heldDevice(held, isOn),
    verbosity: verbosityWord(bootSettingData.decode(settings).FirmwareVerbosity),
  };
  return isNext === false || !asksForSomething(boot) ? noOverride : describeBoot(boot);
}

/** Where the next boot goes, as the settings and the source say. */
function heldDevice(
  { settings, source }: HeldBoot,
  isOn: (name: string) => boolean,
): { readonly device: string; readonly bootIndex: number } {
  if (isOn('BIOSSetup')) return { device: 'bios', bootIndex: 0 };
  if (isOn('UseIDER')) {
    return { device: settings.text('IDERBootDevice') === '1' ? 'remote-cd' : 'remote-floppy', bootIndex: 0 };
  }
  if (source === undefined || source === 'none') return { device: 'none', bootIndex: 0 };
  const bootIndex = Number(settings.text('BootMediaIndex')) || source.bootIndex;
  return { device: isOn('UseSafeMode') ? 'safe-mode' : source.device, bootIndex };
}

async function readIsNext(client: AmtClient, signal: AbortSignal): Promise<boolean | undefined> {
  const all = await client.list(elementSettingData, signal);
  const own = all.find(({ SettingData }) => SettingData?.resourceUri === bootConfigSetting.resourceUri);
  if (own?.IsNext === undefined || own.IsNext === 'unknown') return undefined;
  return own.IsNext === 'yes' || own.IsNext === 'for a single use';
}
