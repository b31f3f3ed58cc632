import * as z from 'zod';
import { SidebandError, toSidebandError } from '../../base/errors';
import { pollUntil } from '../../base/pollUntil';
import type { IpmiClient } from '../../technologies/ipmi/client';
import { type BootFlags, type HeldBootFlags, readBootFlags, writeBootFlags } from '../../technologies/ipmi/bootOptions';
import { ipmi } from '../../technologies/ipmi/ipmi';
import { defineOperation, type StepResult, type WayContext } from '../operation';
import { powerPulse, powerTo, readPower } from '../power/powerTo';
import { describeBootFlags } from '../../technologies/ipmi/bootFlagsText';
import { sameBootFlags } from './bootFlags';

const verifyEveryMs = 200;
const verifyForMs = 2000;
const powerOnTimeoutMs = 60_000;

const devices = [
  'pxe',
  'disk',
  'safe-mode',
  'diagnostics',
  'cd',
  'bios',
  'remote-cd',
  'remote-disk',
  'remote-media',
  'floppy',
  'none',
] as const;

/** In the schema of parameters that most users leave alone. */
const advanced = { advanced: true };

const parameters = z.strictObject({
  device: z.enum(devices).describe('What to boot from; bios is the firmware’s setup, none takes an override back'),
  once: z.boolean().default(true).describe('For the next boot only; otherwise for every boot'),
  uefi: z.boolean().default(false).describe('Boot in UEFI mode; otherwise in legacy mode'),
  power: z
    .enum(['none', 'on', 'reset', 'cycle'])
    .default('none')
    .describe('What to do with the power as soon as the controller holds the override'),
  lockKeyboard: z.boolean().default(false).describe('Lock the keyboard; many firmwares ignore it').meta(advanced),
  lockPowerButton: z.boolean().default(false).describe('Lock the power button').meta(advanced),
  lockResetButton: z.boolean().default(false).describe('Lock the reset button').meta(advanced),
  bypassPassword: z
    .boolean()
    .default(false)
    .describe('Do not ask for the firmware’s password; many firmwares ignore it')
    .meta(advanced),
  verbosity: z
    .enum(['default', 'quiet', 'verbose'])
    .default('default')
    .describe('How much the firmware shows; many firmwares ignore it')
    .meta(advanced),
  clearCmos: z
    .boolean()
    .default(false)
    .describe('DANGER: reset all firmware settings to their defaults at the boot')
    .meta(advanced),
});
type Parameters = z.output<typeof parameters>;

export const bootOverride = defineOperation(
  {
    id: 'boot.override',
    title: 'Boot Override',
    description: 'Sets what the computer boots from, once or always, and restarts it when asked to.',
    danger: 'disruptive',
    kind: 'change',
    repeatable: false,
    parameters,
    then: (given) => {
      const power = given.power === 'none' ? '' : `; then power ${given.power}`;
      return `${describeBootFlags(flagsOf(given))}${power}`;
    },
  },
  (via) => [
    via(ipmi, {
      now: async (client, { signal }) => describeBootFlags(await readBootFlags(client, signal)),
      run: override,
    }),
  ],
);

async function override(client: IpmiClient, given: Parameters, context: WayContext): Promise<StepResult> {
  const { power } = given;
  const isRestart = power === 'reset' || power === 'cycle';
  if (isRestart && (await readPower(client, context)) === 'off') {
    const hint = 'Use `power: on` for a computer that is off.';
    throw new SidebandError('device.state', `${context.computer.name} is off`, { hint });
  }
  const flags = await bringTo(client, flagsOf(given), context);
  if (power === 'none') return flags;
  if (flags.outcome === 'unverified') return { ...flags, note: `${flags.note ?? ''} The power was left alone.`.trim() };
  const steps = isRestart ? powerPulse(power) : powerTo('on', 'on');
  const restarted = await steps.run(client, { timeoutMs: powerOnTimeoutMs }, context);
  if (restarted.outcome !== 'already') return { ...restarted, value: flags.value };
  return { ...flags, note: 'The computer was on already; the override waits for its next boot.' };
}

/** Without anything to ask for, the firmware is to ignore the flags. */
function flagsOf({ once, power: _, ...asked }: Parameters): BootFlags {
  const { device, verbosity, uefi: __, ...switches } = asked;
  const valid = device !== 'none' || verbosity !== 'default' || Object.values(switches).includes(true);
  return { ...asked, valid, persistent: valid && !once, uefi: valid && asked.uefi };
}

async function bringTo(client: IpmiClient, wanted: BootFlags, { signal }: WayContext): Promise<StepResult> {
  const before = await readBootFlags(client, signal);
  if (sameBootFlags(before, wanted)) return { outcome: 'already', value: { boot: describeBootFlags(before) } };
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
