import type { ByteReader } from '../../base/bytes';

const deviceSelectors = {
  none: 0x0,
  pxe: 0x1,
  disk: 0x2,
  'safe-mode': 0x3,
  diagnostics: 0x4,
  cd: 0x5,
  bios: 0x6,
  'remote-floppy': 0x7,
  'remote-cd': 0x8,
  'remote-media': 0x9,
  'remote-disk': 0xb,
  floppy: 0xf,
} as const;
export type BootDevice = keyof typeof deviceSelectors;

const verbosities = ['default', 'quiet', 'verbose'] as const;
export type BootVerbosity = (typeof verbosities)[number];

/** What the firmware is told for the next boot, or for all: boot option parameter 5. */
export interface BootFlags<Device = BootDevice, Verbosity = BootVerbosity> {
  /** Whether the firmware obeys the rest. */
  readonly valid: boolean;
  readonly persistent: boolean;
  readonly uefi: boolean;
  readonly device: Device;
  readonly clearCmos: boolean;
  readonly lockKeyboard: boolean;
  readonly lockResetButton: boolean;
  readonly lockPowerButton: boolean;
  readonly bypassPassword: boolean;
  readonly verbosity: Verbosity;
}

/** As a controller holds them: reserved values are `unknown`. */
export type HeldBootFlags = BootFlags<BootDevice | 'unknown', BootVerbosity | 'unknown'>;

const devices = new Map<number, BootDevice>(
  Object.entries(deviceSelectors).map(([device, selector]) => [selector, device as BootDevice]),
);
const bit = (isSet: boolean, mask: number): number => (isSet ? mask : 0);

/** Boot flags, IPMI v2.0 table 28-14, parameter 5. */
export function encodeBootFlags(flags: BootFlags): Uint8Array {
  return Uint8Array.of(
    bit(flags.valid, 0x80) | bit(flags.persistent, 0x40) | bit(flags.uefi, 0x20),
    bit(flags.clearCmos, 0x80) |
      bit(flags.lockKeyboard, 0x40) |
      (deviceSelectors[flags.device] << 2) |
      bit(flags.lockResetButton, 0x01),
    bit(flags.lockPowerButton, 0x80) | (verbosities.indexOf(flags.verbosity) << 5) | bit(flags.bypassPassword, 0x08),
    0, // no override of the serial multiplexer
    0, // any instance of the device
  );
}

/** Boot flags, IPMI v2.0 table 28-14, parameter 5. */
export function decodeBootFlags(reader: ByteReader): HeldBootFlags {
  const first = reader.u8();
  const second = reader.u8();
  const third = reader.u8();
  return {
    valid: (first & 0x80) !== 0,
    persistent: (first & 0x40) !== 0,
    uefi: (first & 0x20) !== 0,
    device: devices.get((second >> 2) & 0x0f) ?? 'unknown',
    clearCmos: (second & 0x80) !== 0,
    lockKeyboard: (second & 0x40) !== 0,
    lockResetButton: (second & 0x01) !== 0,
    lockPowerButton: (third & 0x80) !== 0,
    bypassPassword: (third & 0x08) !== 0,
    verbosity: verbosities[(third >> 5) & 0x03] ?? 'unknown',
  };
}
