import type { HeldBootFlags } from './bootOptions';

const switches = {
  clearCmos: 'CMOS cleared',
  lockKeyboard: 'keyboard locked',
  lockPowerButton: 'power button locked',
  lockResetButton: 'reset button locked',
  bypassPassword: 'password bypassed',
} as const;
export const switchNames = Object.keys(switches) as readonly (keyof typeof switches)[];

/** `no override`, `pxe once, UEFI`. */
export function describeBootFlags(flags: HeldBootFlags): string {
  if (!flags.valid) return 'no override';
  const device = flags.device === 'none' ? 'usual device' : flags.device;
  return [
    `${device} ${flags.persistent ? 'always' : 'once'}`,
    ...(flags.uefi ? ['UEFI'] : []),
    ...switchNames.filter((name) => flags[name]).map((name) => switches[name]),
    ...(flags.verbosity === 'default' ? [] : [`verbosity ${flags.verbosity}`]),
  ].join(', ');
}
