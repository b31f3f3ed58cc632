import { describeBoot, noOverride } from '../bootText';
import type { HeldBootFlags } from './bootOptions';

/** `no override`, `pxe once, UEFI`. */
export function describeBootFlags(flags: HeldBootFlags): string {
  return flags.valid ? describeBoot(flags) : noOverride;
}
