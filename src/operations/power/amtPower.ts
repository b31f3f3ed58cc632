import { pollUntil } from '../../base/pollUntil';
import type { AmtClient } from '../../technologies/amt/client';
import { isSavingPower, requestFullPower } from '../../technologies/amt/osPowerSaving';
import { lackOfPower } from '../../technologies/amt/power';
import type { PowerAction, PowerClient } from '../../technologies/power';
import type { StepResult, WayContext, WaySteps } from '../operation';
import { powerTo } from './powerTo';

const pollEveryMs = 1000;

/** The steps, and why the firmware lacks the action. */
export function byAmt<Parameters>(
  action: PowerAction,
  steps: WaySteps<PowerClient, Parameters>,
): WaySteps<AmtClient, Parameters> {
  return { ...steps, lacks: (client, _, { signal }) => lackOfPower(client, action, signal) };
}

/** Turns it on, or has the operating system leave modern standby, in which the computer counts as on. */
export const amtOn: WaySteps<AmtClient, { readonly timeoutMs: number }> = {
  ...powerTo('on', 'on'),
  async run(client, parameters, context) {
    const result = await powerTo('on', 'on').run(client, parameters, context);
    const isAsleep = result.outcome === 'already' && (await isSavingPower(client, context.signal));
    if (!isAsleep) return result;
    await context.intend('in modern standby');
    return wake(client, parameters, context);
  },
};

async function wake(
  client: AmtClient,
  { timeoutMs }: { readonly timeoutMs: number },
  { signal }: WayContext,
): Promise<StepResult> {
  const value = { power: 'on' };
  await requestFullPower(client, signal);
  const options = { everyMs: pollEveryMs, timeoutMs, signal };
  const { accepted } = await pollUntil(
    (stop) => isSavingPower(client, stop),
    (isSaving) => !isSaving,
    options,
  );
  if (accepted) return { outcome: 'done', value, note: 'It was on, and its operating system in modern standby.' };
  const note = `Accepted, but the operating system is still in modern standby after ${timeoutMs / 1000} s.`;
  return { outcome: 'unverified', value, note };
}
