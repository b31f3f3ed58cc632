import * as z from 'zod';
import { ipmi } from '../../technologies/ipmi/ipmi';
import { defineOperation } from '../operation';
import { powerPulse } from './powerTo';

export const powerReset = defineOperation(
  {
    id: 'power.reset',
    title: 'Reset',
    description: 'Resets a running computer at once, without telling its operating system.',
    danger: 'disruptive',
    kind: 'change',
    repeatable: false,
    changes: 'power',
    parameters: z.strictObject({}),
  },
  (via) => [via(ipmi, powerPulse('reset'))],
);
