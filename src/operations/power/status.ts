import * as z from 'zod';
import { amt } from '../../technologies/amt/amt';
import { ipmi } from '../../technologies/ipmi/ipmi';
import type { PowerClient } from '../../technologies/power';
import { defineOperation, type WaySteps } from '../operation';
import { readPower } from './powerTo';

const steps: WaySteps<Pick<PowerClient, 'readPower'>, unknown> = {
  run: async (client, _, context) => ({ outcome: 'done', value: { power: (await readPower(client, context)).state } }),
};

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
  (via) => [via(amt, steps), via(ipmi, steps)],
);
