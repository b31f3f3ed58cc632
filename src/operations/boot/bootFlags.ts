import type { BootFlags, HeldBootFlags } from '../../technologies/ipmi/bootOptions';

const switches = {
  clearCmos: 'CMOS cleared',
  lockKeyboard: 'keyboard locked',
  lockPowerButton: 'power button locked',
  lockResetButton: 'reset button locked',
  bypassPassword: 'password bypassed',
} as const;
const switchNames = Object.keys(switches) as readonly (keyof typeof switches)[];

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

/** Whether a controller holds what was wanted. What it ignores, because it is not valid, does not count. */
export function sameBootFlags(held: HeldBootFlags, wanted: BootFlags): boolean {
  if (!held.valid && !wanted.valid) return true;
  const names = ['valid', 'persistent', 'uefi', 'device', 'verbosity', ...switchNames] as const;
  return names.every((name) => held[name] === wanted[name]);
}
