import * as z from 'zod';
import { ipmi } from '../../technologies/ipmi/ipmi';
import { defineOperation } from '../operation';
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
    secrets: ({ steps }) => steps.flatMap((step) => ('sendSecret' in step ? [step.sendSecret] : [])),
  },
  (_, overConsole) => [
    overConsole(ipmi, {
      options: ({ takeOver }) => ({ takeOver }),
      async run({ console, use }, { steps, power }, { signal, secret }) {
        if (power) await use((client) => client.requestPower(power, signal));
        return { outcome: 'done', value: { screens: await runScript(console, steps, { signal, secret }) } };
      },
    }),
  ],
);
