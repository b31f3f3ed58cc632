import { SidebandError } from '../../base/errors';
import type { PowerClient } from '../../technologies/power';
import type { StepResult, WayContext, WaySteps } from '../operation';
import { powerPulse, powerTo, readPower } from '../power/powerTo';
import type { BootParameters } from './parameters';

const powerOnTimeoutMs = 60_000;

/**
 * Brings an override to a computer, and then does with its power what is asked. The power is left alone unless the override is held.
 */
export function thenPower<Client extends PowerClient<'on' | 'reset' | 'cycle'>>(
  bring: (client: Client, given: BootParameters, context: WayContext) => Promise<StepResult>,
): WaySteps<Client, BootParameters>['run'] {
  return async (client, given, context) => {
    const { power } = given;
    const isRestart = power === 'reset' || power === 'cycle';
    if (isRestart && (await readPower(client, context)).state === 'off') {
      const hint = 'Use `power: on` for a computer that is off.';
      throw new SidebandError('device.state', `${context.computer.name} is off`, { hint });
    }
    const held = await bring(client, given, context);
    if (power === 'none') return held;
    if (held.outcome === 'unverified') return { ...held, note: join(held.note, 'The power was left alone.') };
    const steps = isRestart ? powerPulse(power) : powerTo('on', 'on');
    const restarted = await steps.run(client, { timeoutMs: powerOnTimeoutMs }, context);
    if (restarted.outcome === 'already') {
      return { ...held, note: join(held.note, 'The computer was on already; the override waits for its next boot.') };
    }
    const note = join(held.note, restarted.note);
    return { ...restarted, value: held.value, ...(note !== '' && { note }) };
  };
}

function join(...sentences: readonly (string | undefined)[]): string {
  return sentences.filter((sentence) => sentence !== undefined).join(' ');
}
