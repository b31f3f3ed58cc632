import { SidebandError } from '../../base/errors';
import { halfDone } from '../../technologies/difference';
import type { PowerClient, PowerReading } from '../../technologies/power';
import type { StepResult, WayContext, WaySteps } from '../operation';
import { assertOffered, describePower, powerPulse, powerTo, readPower } from '../power/powerTo';
import { joinSentences } from '../sentences';
import type { BootParameters } from './parameters';

const powerOnTimeoutMs = 60_000;

type BootPowerClient = PowerClient<'on' | 'reset' | 'cycle'>;

/**
 * Brings an override to a computer, and then does with its power what is asked. The power is left alone unless the override is held.
 * The state before is that of the power where that is asked for: jobs bring it back. `bring` says what it is about to change itself.
 */
export function thenPower<Client extends BootPowerClient>(
  bring: (client: Client, given: BootParameters, context: WayContext) => Promise<StepResult>,
): WaySteps<Client, BootParameters>['run'] {
  return async (client, given, whole) => {
    const { power } = given;
    const context = power === 'none' ? whole : await withPowerBefore(client, power, whole);
    const held = await bring(client, given, context);
    if (power === 'none') return held;
    if (held.outcome === 'unverified') return { ...held, note: joinSentences(held.note, 'The power was left alone.') };
    const restarted = await restart(client, power, held, context);
    if (restarted.outcome === 'already') {
      return {
        ...held,
        note: joinSentences(held.note, 'The computer was on already; the override waits for its next boot.'),
      };
    }
    const note = joinSentences(held.note, restarted.note);
    return { ...restarted, value: held.value, ...(note !== '' && { note }) };
  };
}

type Restart = 'on' | 'reset' | 'cycle';

async function withPowerBefore(client: BootPowerClient, power: Restart, context: WayContext): Promise<WayContext> {
  const reading = await readPower(client, context);
  if (power !== 'on') assertRunning(power, reading, context);
  return { ...context, intend: () => context.intend(describePower(reading)) };
}

/** Before anything is changed: a computer that is off, or asleep, does not restart. */
function assertRunning(power: 'reset' | 'cycle', reading: PowerReading, context: WayContext): void {
  if (reading.state === 'off') {
    const hint = 'Use `power: on` for a computer that is off.';
    throw new SidebandError('device.state', `${context.computer.name} is off`, { hint });
  }
  assertOffered(power, reading, context);
}

async function restart(
  client: BootPowerClient,
  power: Restart,
  held: StepResult,
  context: WayContext,
): Promise<StepResult> {
  const steps = power === 'on' ? powerTo('on', 'on') : powerPulse(power);
  try {
    return await steps.run(client, { timeoutMs: powerOnTimeoutMs }, context);
  } catch (thrown) {
    throw held.outcome === 'done' ? halfDone(['boot override'], thrown) : thrown;
  }
}
