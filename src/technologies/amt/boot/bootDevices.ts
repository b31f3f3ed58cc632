/** What AMT can be told to boot from. */
export type AmtBootDevice =
  | 'none'
  | 'bios'
  | 'pxe'
  | 'disk'
  | 'safe-mode'
  | 'cd'
  | 'diagnostics'
  | 'remote-cd'
  | 'remote-floppy'
  | 'https'
  | 'recovery'
  | 'pba';

export interface BootDeviceFacts {
  /** Of AMT_BootCapabilities. */
  readonly capability: string;
  readonly words: string;
  /** The CIM_BootSourceSetting that forces it, when it is always the same. */
  readonly source?: string;
  /** One-Click Recovery, and the property of AMT_BootSettingData that says whether the firmware's setup allows it. */
  readonly recovery?: string;
}

export const httpsSource = 'Intel(r) AMT: Force OCR UEFI HTTPS Boot';
/** One-Click Recovery: a number follows. */
export const recoverySource = 'Intel(r) AMT: Force OCR UEFI Boot Option ';
const diskSource = 'Intel(r) AMT: Force Hard-drive Boot';

export const bootDevices: Readonly<Record<Exclude<AmtBootDevice, 'none'>, BootDeviceFacts>> = {
  bios: { capability: 'BIOSSetup', words: 'the firmware’s setup' },
  pxe: { capability: 'ForcePXEBoot', words: 'PXE', source: 'Intel(r) AMT: Force PXE Boot' },
  disk: { capability: 'ForceHardDriveBoot', words: 'the disk', source: diskSource },
  'safe-mode': { capability: 'ForceHardDriveSafeModeBoot', words: 'the disk in safe mode', source: diskSource },
  cd: { capability: 'ForceCDorDVDBoot', words: 'CD', source: 'Intel(r) AMT: Force CD/DVD Boot' },
  diagnostics: {
    capability: 'ForceDiagnosticBoot',
    words: 'diagnostics',
    source: 'Intel(r) AMT: Force Diagnostic Boot',
  },
  'remote-cd': { capability: 'IDER', words: 'redirected drives' },
  'remote-floppy': { capability: 'IDER', words: 'redirected drives' },
  https: {
    capability: 'ForceUEFIHTTPSBoot',
    words: 'HTTPS',
    source: httpsSource,
    recovery: 'UEFIHTTPSBootEnabled',
  },
  recovery: { capability: 'ForceWinREBoot', words: 'the recovery system', recovery: 'WinREBootEnabled' },
  pba: { capability: 'ForceUEFILocalPBABoot', words: 'pre-boot applications', recovery: 'UEFILocalPBABootEnabled' },
};

/** Whether AMT forces the device by a boot source, which SOL and the firmware's setup exclude. */
export function isForced(device: AmtBootDevice): boolean {
  return device !== 'none' && device !== 'bios' && device !== 'remote-cd' && device !== 'remote-floppy';
}
