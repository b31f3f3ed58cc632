import type { BootFlags, HeldBootFlags } from '../../technologies/ipmi/bootOptions';

const names = [
  'valid',
  'persistent',
  'uefi',
  'device',
  'verbosity',
  'clearCmos',
  'lockKeyboard',
  'lockPowerButton',
  'lockResetButton',
  'bypassPassword',
] as const;

/** Whether a controller holds what was wanted. What it ignores, because it is not valid, does not count. */
export function sameBootFlags(held: HeldBootFlags, wanted: BootFlags): boolean {
  if (!held.valid && !wanted.valid) return true;
  return names.every((name) => held[name] === wanted[name]);
}
