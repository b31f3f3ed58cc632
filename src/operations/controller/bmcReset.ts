import * as z from 'zod';
import { requestBmcReset } from '../../technologies/ipmi/bmcReset';
import { ipmi } from '../../technologies/ipmi/ipmi';
import { defineOperation } from '../operation';

const parameters = z.strictObject({
  warm: z
    .boolean()
    .default(false)
    .describe('Restart the controller’s firmware only, where it can; otherwise all of it'),
});

export const bmcReset = defineOperation(
  {
    id: 'bmc.reset',
    title: 'Reset Controller',
    description: 'Restarts the management controller, not the computer. It does not answer for a minute or two.',
    danger: 'disruptive',
    kind: 'change',
    repeatable: false,
    parameters,
  },
  (via) => [
    via(ipmi, {
      async run(client, { warm }, { signal }) {
        const { confirmed } = await requestBmcReset(client, warm ? 'warm' : 'cold', signal);
        if (confirmed) return { outcome: 'done' };
        return { outcome: 'unverified', note: 'The controller answered, but its answer was lost on the way.' };
      },
    }),
  ],
);
