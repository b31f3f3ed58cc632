import { firmwareVerbosities, redirectedDrives } from '../../../protocols/amt/cim/bootSettingData';
import { numberOf } from '../../../protocols/wsman/cimClass';
import type { AmtBootDevice } from './bootDevices';
import type { EncodedBoot } from './httpsBoot';

const verbosities = {
  default: 'system default',
  quiet: 'quiet',
  verbose: 'verbose',
  blank: 'screen blank',
} as const satisfies Record<string, (typeof firmwareVerbosities)[keyof typeof firmwareVerbosities]>;
export type AmtBootVerbosity = keyof typeof verbosities;

/** Our switches, and what AMT_BootSettingData calls them. */
export const bootSwitches = {
  lockKeyboard: 'LockKeyboard',
  lockPowerButton: 'LockPowerButton',
  lockResetButton: 'LockResetButton',
  lockSleepButton: 'LockSleepButton',
  bypassPassword: 'UserPasswordBypass',
  progressEvents: 'ForcedProgressEvents',
  sol: 'UseSOL',
  enforceSecureBoot: 'EnforceSecureBoot',
} as const;
export type AmtBootSwitch = keyof typeof bootSwitches;
export const bootSwitchNames = Object.keys(bootSwitches) as readonly AmtBootSwitch[];

/** What the next boot is to be like. */
export interface AmtBoot extends Readonly<Record<AmtBootSwitch, boolean>> {
  readonly device: AmtBootDevice;
  /** Which of several such devices: disks, CD drives, pre-boot applications. 0 leaves it to the firmware. */
  readonly bootIndex: number;
  readonly verbosity: AmtBootVerbosity;
  /** Of the device `https`. */
  readonly https?: EncodedBoot | undefined;
}

/** What is told to the firmware, as properties of AMT_BootSettingData. */
export function toSettings(boot: AmtBoot): Readonly<Record<string, string | number | boolean>> {
  const { device, bootIndex, verbosity, https } = boot;
  const switches = Object.entries(bootSwitches).map(([name, property]) => [property, boot[name as AmtBootSwitch]]);
  const isDrive = device === 'disk' || device === 'cd' || device === 'safe-mode';
  return {
    ...(Object.fromEntries(switches) as Record<string, boolean>),
    BIOSPause: false,
    BIOSSetup: device === 'bios',
    BootMediaIndex: isDrive ? bootIndex : 0,
    ConfigurationDataReset: false,
    FirmwareVerbosity: numberOf(firmwareVerbosities, verbosities[verbosity]),
    IDERBootDevice: numberOf(redirectedDrives, device === 'remote-cd' ? 'CD/DVD' : 'floppy'),
    PlatformErase: false,
    ReflashBIOS: false,
    SecureErase: false,
    UefiBootNumberOfParams: https?.count ?? 0,
    UseIDER: device === 'remote-cd' || device === 'remote-floppy',
    UseSafeMode: device === 'safe-mode',
  };
}

/** Properties that came with newer firmware: what lacks them is not sent them. */
export const newerSettings: readonly string[] = [
  'EnforceSecureBoot',
  'PlatformErase',
  'SecureErase',
  'UefiBootNumberOfParams',
];

/** Properties that devices tell, and do not take back. */
export const toldOnly = [
  'BIOSLastStatus',
  'BootguardStatus',
  'OptionsCleared',
  'RPEEnabled',
  'SecureBootControlEnabled',
  'UEFIHTTPSBootEnabled',
  'UEFILocalPBABootEnabled',
  'UefiBootParametersArray',
  'WinREBootEnabled',
] as const;

/** The word for a verbosity as the device has it. */
export function verbosityWord(held: string | undefined): string {
  const [word = held ?? 'default'] = Object.entries(verbosities).find(([, name]) => name === held) ?? [];
  return word;
}
