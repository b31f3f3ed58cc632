import type { AmtDevice } from '../device';
import type { AmtClass } from '../model/amtClass';

interface BootSource {
  readonly id: string;
  readonly structured?: string;
  readonly bios?: string;
  readonly path?: string;
}

export const httpsBoot = 'Intel(r) AMT: Force OCR UEFI HTTPS Boot';

const usual: readonly BootSource[] = [
  { id: 'Intel(r) AMT: Force Hard-drive Boot', structured: 'CIM:Hard-Disk:1' },
  { id: 'Intel(r) AMT: Force PXE Boot', structured: 'CIM:Network:1' },
  { id: 'Intel(r) AMT: Force CD/DVD Boot', structured: 'CIM:CD/DVD:1' },
];

const recovery: readonly BootSource[] = [
  { id: httpsBoot },
  {
    id: 'Intel(r) AMT: Force OCR UEFI Boot Option 1',
    bios: 'WinRe',
    path: String.raw`HD(4,GPT,6B1E1F5C-9D0F-4B52-9E8A-6B0A2C8D3E41)/\EFI\Recovery\winre.efi`,
  },
  {
    id: 'Intel(r) AMT: Force OCR UEFI Boot Option 2',
    bios: 'PBA',
    path: String.raw`HD(1,GPT,0D4C6A2E-7F31-4C0B-8A5D-91E2B7F6C350)/\EFI\OEM\pba.efi`,
  },
];

/** What a computer can be told to boot from. */
export function bootSources(device: AmtDevice): readonly BootSource[] {
  return device.has('recoveryBoot') ? [...usual, ...recovery] : usual;
}

/** Whether a source needs One-Click Recovery to be switched on. */
export function isRecovery(source: string): boolean {
  return recovery.some(({ id }) => id === source);
}

export const bootSourceSetting: AmtClass = {
  name: 'CIM_BootSourceSetting',
  keys: ['InstanceID'],
  list: (device) =>
    bootSources(device).map(({ id, structured, bios, path }) => ({
      BIOSBootString: bios,
      BootString: path,
      ElementName: 'Intel(r) AMT: Boot Source',
      FailThroughSupported: 2,
      InstanceID: id,
      StructuredBootString: structured,
    })),
};
