import { SidebandError, toSidebandError } from '../../base/errors';
import { pollUntil } from '../../base/pollUntil';
import type { PowerState } from '../../fleet/computer';
import type { PowerAction, PowerClient } from '../../technologies/power';
import type { StepResult, WayContext, WaySteps } from '../operation';

const pollEveryMs = 1000;

interface Waiting {
  readonly timeoutMs: number;
}

/** Brings the power to a state: reads it, asks when it differs, and reads until it is so. */
export function powerTo(state: 'on' | 'off', action: PowerAction): WaySteps<PowerClient, Waiting> {
  return {
    now: readPower,
    async run(client, { timeoutMs }, context) {
      if ((await readPower(client, context)) === state) return { outcome: 'already', value: { power: state } };
      await client.requestPower(action, context.signal);
      return verify(client, state, timeoutMs, context);
    },
  };
}

/** Restarts a running computer, or interrupts it. Never asked twice. */
export function powerPulse(action: 'cycle' | 'reset' | 'nmi'): WaySteps<PowerClient, unknown> {
  return {
    now: readPower,
    async run(client, _, context) {
      const power = await readPower(client, context);
      if (power === 'off') throw new SidebandError('device.state', `${context.computer.name} is off`);
      const { confirmed } = await client.requestPower(action, context.signal);
      if (confirmed) return { outcome: 'done' };
      return { outcome: 'unverified', note: 'The controller answered, but its answer was lost on the way.' };
    },
  };
}

export async function readPower(client: PowerClient, context: WayContext): Promise<PowerState> {
  const power = await client.powerState(context.signal);
  context.computer.see({ power, at: Date.now(), technology: context.technology });
  return power;
}

/** The request was accepted, so whatever goes wrong from here leaves the outcome unverified, not failed. */
async function verify(
  client: PowerClient,
  state: PowerState,
  timeoutMs: number,
  context: WayContext,
): Promise<StepResult> {
  const options = { everyMs: pollEveryMs, timeoutMs, signal: context.signal };
  try {
    const read = (): Promise<PowerState> => readPower(client, context);
    const { value, accepted } = await pollUntil(read, (power) => power === state, options);
    if (accepted) return { outcome: 'done', value: { power: value } };
    const note = `Accepted, but the power is still ${value} after ${timeoutMs / 1000} s.`;
    return { outcome: 'unverified', value: { power: value }, note };
  } catch (thrown) {
    return { outcome: 'unverified', note: `Accepted, but not verified: ${toSidebandError(thrown).message}.` };
  }
}
