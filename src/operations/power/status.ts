import * as z from 'zod';
import { ipmi } from '../../technologies/ipmi/ipmi';
import { defineOperation } from '../operation';
import { readPower } from './powerTo';

export const powerStatus = defineOperation(
  {
    id: 'power.status',
    title: 'Power Status',
    description: 'Reads whether the computer is on.',
    danger: 'safe',
    kind: 'read',
    repeatable: true,
    parameters: z.strictObject({}),
  },
  (via) => [
    via(ipmi, {
      run: async (client, _, context) => ({
        outcome: 'done',
        value: { power: (await readPower(client, context)).state },
      }),
    }),
  ],
);
