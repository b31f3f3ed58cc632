import * as z from 'zod';
import { ipmi } from '../../technologies/ipmi/ipmi';
import type { PowerClient } from '../../technologies/power';
import { defineOperation, type WayContext } from '../operation';
import { describePower, readPower } from '../power/powerTo';
import { runScript, scriptSteps } from './script';

const parameters = z.strictObject({
  steps: scriptSteps.describe('What to wait for on the screen, and what to type'),
  power: z
    .enum(['on', 'cycle', 'reset'])
    .optional()
    .describe('What to do with the power once the console is open, so that the screen is seen from the first line'),
  takeOver: z.boolean().default(false).describe('End the console that somebody else has open'),
});

export const consoleScript = defineOperation(
  {
    id: 'console.script',
    title: 'Console Script',
    description:
      'Waits for texts on the screen of the serial console, types, and keeps screens as evidence in the run.',
    danger: 'disruptive',
    kind: 'change',
    repeatable: false,
    parameters,
    lasts: ({ steps }) => steps.reduce((sum, step) => sum + ('expect' in step ? step.timeoutMs : 0), 0),
    secrets: ({ steps }) => steps.flatMap((step) => ('sendSecret' in step ? [step.sendSecret] : [])),
  },
  (_, overConsole) => [
    overConsole(ipmi, {
      options: ({ takeOver }) => ({ takeOver }),
      intends: 'itself',
      async run({ console, use }, { steps, power }, context) {
        const { signal, secret, intend } = context;
        if (power) await use((client) => requestPower(client, power, context));
        return { outcome: 'done', value: { screens: await runScript(console, steps, { signal, secret, intend }) } };
      },
    }),
  ],
);

type Start = 'on' | 'cycle' | 'reset';

/** With the state before, which jobs bring back. */
async function requestPower(client: PowerClient<Start>, action: Start, context: WayContext): Promise<void> {
  await context.intend(describePower(await readPower(client, context)));
  await client.requestPower(action, context.signal);
}
