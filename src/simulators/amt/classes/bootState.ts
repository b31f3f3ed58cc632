import type { AmtDevice } from '../device';
import { perDevice } from '../model/amtClass';
import { eventLog } from './eventLog';
import { consent } from './consent';
import type { UefiParameter } from './uefiParameters';

/** The options of AMT_BootSettingData that a console may set. */
export const flags = [
  'BIOSPause',
  'BIOSSetup',
  'ConfigurationDataReset',
  'ForcedProgressEvents',
  'LockKeyboard',
  'LockPowerButton',
  'LockResetButton',
  'LockSleepButton',
  'ReflashBIOS',
  'UseIDER',
  'UseSOL',
  'UseSafeMode',
  'UserPasswordBypass',
] as const;
/** Options that came later and need not be sent. */
export const newerFlags = ['EnforceSecureBoot', 'PlatformErase', 'SecureErase'] as const;
export type BootFlag = (typeof flags)[number] | (typeof newerFlags)[number];

/** What is told to the firmware for the next boot. */
export interface BootOptions {
  readonly on: ReadonlySet<BootFlag>;
  readonly mediaIndex: number;
  readonly verbosity: number;
  /** 0 floppy, 1 CD. */
  readonly iderDevice: number;
  readonly parameters: readonly UefiParameter[];
}

/** A boot that has happened, with what was carried out. */
export interface PastBoot {
  readonly source?: string;
  readonly options: BootOptions;
}

/** EnabledState of CIM_BootService; the lowest bit is One-Click Recovery, the next Remote Platform Erase. */
export const BootServiceState = { neither: 32768, recovery: 32769, erase: 32770, both: 32771 } as const;

const noOptions: BootOptions = { on: new Set(), mediaIndex: 0, verbosity: 0, iderDevice: 0, parameters: [] };

/** Boot options live for one boot only: whatever the next one is, it takes them away. */
export class BootState {
  readonly #device: AmtDevice;
  options: BootOptions = noOptions;
  source: string | undefined;
  /** Whether SetBootConfigRole has made the configuration that of the next boot. */
  isNext = false;
  areCleared = true;
  lastStatus: readonly [number, number] = [2, 0];
  serviceState: number;
  readonly boots: PastBoot[] = [];

  constructor(device: AmtDevice) {
    this.#device = device;
    if (!device.has('recoveryBoot')) this.serviceState = 2;
    else this.serviceState = device.has('platformErase') ? BootServiceState.both : BootServiceState.recovery;
  }

  get needsConsent(): boolean {
    const isPlain = this.options.on.size === 0 && this.source === undefined;
    return !isPlain && consent(this.#device).isMissingFor('boot options');
  }

  boot(): void {
    // Some firmware takes all calls and boots as usual when nobody has consented.
    const counts = this.isNext && !this.needsConsent;
    const past: PastBoot = counts
      ? { options: this.options, ...(this.source !== undefined && { source: this.source }) }
      : { options: noOptions };
    this.boots.push(past);
    tellProgress(this.#device, past);
    if (past.options.on.has('SecureErase') || past.options.on.has('PlatformErase')) this.lastStatus = [0, 0];
    if (this.#device.options.bootOptions === 'kept') return;
    this.options = noOptions;
    this.source = undefined;
    this.isNext = false;
    this.areCleared = true;
  }
}

export const bootState = perDevice((device) => new BootState(device));

/** What the firmware writes on its way, in the order of the recorded boots: PCI, video, USB, …, start of the system. */
const usualProgress = [
  [0x22, 7],
  [0x07, 9],
  [0x22, 6],
  [0x07, 12],
  [0x07, 23],
  [0x04, 2],
  [0x22, 19],
] as const;
/** One-Click Recovery: parameters received, option added, name resolved, connected, downloaded, boot, services left. */
const recoveryProgress = [[0], [1, 2], [2], [3], [4], [5], [6]] as const;
const eraseProgress = [[3], [1, 2], [2, 2], [4]] as const;

function tellProgress(device: AmtDevice, { source, options }: PastBoot): void {
  if (!options.on.has('ForcedProgressEvents')) return;
  const log = eventLog(device);
  const firmware = { sensorType: 15, sensorNumber: 0xff } as const;
  for (const [entity, step] of usualProgress) log.add({ ...firmware, offset: 2, entity, data: [0x40, step] });
  const special = { ...firmware, offset: 5, entity: 0x22, severity: 2 };
  if (source?.includes('OCR'))
    for (const step of recoveryProgress) log.add({ ...special, data: [0xaa, 0x30, ...step] });
  if (options.on.has('SecureErase') || options.on.has('PlatformErase')) {
    for (const step of eraseProgress) log.add({ ...special, data: [0xaa, 0x40, ...step] });
  }
}
