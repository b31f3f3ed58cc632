import { toSidebandError } from '../../base/errors';
import { pollUntil } from '../../base/pollUntil';
import { asksForSomething } from '../../technologies/bootText';
import type { IpmiClient } from '../../technologies/ipmi/client';
import { describeBootFlags } from '../../technologies/ipmi/bootFlagsText';
import { type BootFlags, type HeldBootFlags, readBootFlags, writeBootFlags } from '../../technologies/ipmi/bootOptions';
import type { StepResult, WayContext, WaySteps } from '../operation';
import { sameBootFlags } from './bootFlags';
import type { BootParameters } from './parameters';
import { thenPower } from './thenPower';

const verifyEveryMs = 200;
const verifyForMs = 2000;

/** What IPMI does not know, besides devices. */
const unknownSwitches = ['lockSleepButton', 'progressEvents', 'sol', 'enforceSecureBoot'] as const;

/** By boot flags, IPMI v2.0 section 28.13. */
export const ipmiOverride: WaySteps<IpmiClient, BootParameters> = {
  cannot: (given) => {
    const { device, verbosity, bootIndex } = given;
    if (device === 'https' || device === 'recovery' || device === 'pba') return `IPMI has no boot device ${device}`;
    if (verbosity === 'blank') return 'IPMI has no verbosity blank';
    if (bootIndex !== 0) return 'IPMI does not tell one disk from another';
    const stray = unknownSwitches.find((name) => given[name]);
    return stray && `IPMI has no ${stray}`;
  },
  now: async (client, { signal }) => describeBootFlags(await readBootFlags(client, signal)),
  intends: 'itself',
  run: thenPower((client, given, context) => bringTo(client, flagsOf(given), context)),
};

/** Without anything to ask for, the firmware is to ignore the flags. */
function flagsOf(given: BootParameters): BootFlags {
  const { device, once, uefi, verbosity, clearCmos, lockKeyboard, lockPowerButton, lockResetButton } = given;
  const valid = asksForSomething(given);
  return {
    valid,
    persistent: valid && !once,
    uefi: valid && uefi,
    device: device as BootFlags['device'],
    verbosity: verbosity as BootFlags['verbosity'],
    clearCmos,
    lockKeyboard,
    lockPowerButton,
    lockResetButton,
    bypassPassword: given.bypassPassword,
  };
}

async function bringTo(client: IpmiClient, wanted: BootFlags, { signal, intend }: WayContext): Promise<StepResult> {
  const before = await readBootFlags(client, signal);
  if (sameBootFlags(before, wanted)) return { outcome: 'already', value: { boot: describeBootFlags(before) } };
  await intend(describeBootFlags(before));
  await writeBootFlags(client, wanted, signal);
  try {
    const options = { everyMs: verifyEveryMs, timeoutMs: verifyForMs, signal };
    const read = (): Promise<HeldBootFlags> => readBootFlags(client, signal);
    const { value, accepted } = await pollUntil(read, (held) => sameBootFlags(held, wanted), options);
    const boot = describeBootFlags(value);
    if (accepted) return { outcome: 'done', value: { boot } };
    const device = value.valid || value.device === 'none' ? '' : ` (${value.device}, not marked as valid)`;
    return { outcome: 'unverified', value: { boot }, note: `Accepted, but the controller holds: ${boot}${device}.` };
  } catch (thrown) {
    return { outcome: 'unverified', note: `Accepted, but not verified: ${toSidebandError(thrown).message}.` };
  }
}
