import { switchNames } from '../../technologies/ipmi/bootFlagsText';
import type { BootFlags, HeldBootFlags } from '../../technologies/ipmi/bootOptions';

/** Whether a controller holds what was wanted. What it ignores, because it is not valid, does not count. */
export function sameBootFlags(held: HeldBootFlags, wanted: BootFlags): boolean {
  if (!held.valid && !wanted.valid) return true;
  const names = ['valid', 'persistent', 'uefi', 'device', 'verbosity', ...switchNames] as const;
  return names.every((name) => held[name] === wanted[name]);
}
