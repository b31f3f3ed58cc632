const switches = {
  clearCmos: 'CMOS cleared',
  lockKeyboard: 'keyboard locked',
  lockPowerButton: 'power button locked',
  lockResetButton: 'reset button locked',
  lockSleepButton: 'sleep button locked',
  bypassPassword: 'password bypassed',
  progressEvents: 'progress events',
  sol: 'text over SOL',
  enforceSecureBoot: 'Secure Boot enforced',
} as const;
type BootSwitch = keyof typeof switches;
const switchNames = Object.keys(switches) as readonly BootSwitch[];

/** What a computer is told for its next boot, as all technologies describe it. None has every switch. */
export interface BootWords extends Readonly<Partial<Record<BootSwitch, boolean>>> {
  /** `none`: the usual one. */
  readonly device: string;
  /** Which one of several such devices; 0: the firmware's choice. */
  readonly bootIndex?: number;
  /** For every boot, not only the next. */
  readonly persistent?: boolean;
  readonly uefi?: boolean;
  readonly verbosity: string;
}

export const noOverride = 'no override';

/** `pxe once, UEFI`. */
export function describeBoot(boot: BootWords): string {
  const { device, bootIndex = 0, persistent = false, uefi = false, verbosity } = boot;
  const which = bootIndex === 0 ? '' : ` ${bootIndex}`;
  return [
    `${device === 'none' ? 'usual device' : device}${which} ${persistent ? 'always' : 'once'}`,
    ...(uefi ? ['UEFI'] : []),
    ...switchNames.filter((name) => boot[name]).map((name) => switches[name]),
    ...(verbosity === 'default' ? [] : [`verbosity ${verbosity}`]),
  ].join(', ');
}

/** Whether it asks for anything but the usual boot. */
export function asksForSomething(boot: BootWords): boolean {
  return boot.device !== 'none' || boot.verbosity !== 'default' || switchNames.some((name) => boot[name]);
}
