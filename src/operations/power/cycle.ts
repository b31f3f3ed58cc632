import * as z from 'zod';
import { amt } from '../../technologies/amt/amt';
import { ipmi } from '../../technologies/ipmi/ipmi';
import { defineOperation } from '../operation';
import { powerPulse } from './powerTo';

export const powerCycle = defineOperation(
  {
    id: 'power.cycle',
    title: 'Power Cycle',
    description: 'Turns a running computer off and on again.',
    danger: 'disruptive',
    kind: 'change',
    repeatable: false,
    changes: 'power',
    restarts: () => true,
    parameters: z.strictObject({}),
  },
  (via) => [via(amt, powerPulse('cycle')), via(ipmi, powerPulse('cycle'))],
);
