import * as z from 'zod';
import { amt } from '../../technologies/amt/amt';
import { defineOperation } from '../operation';
import { byAmt } from './amtPower';
import { powerTo } from './powerTo';
import { lasts, timeoutMs } from './waiting';

export const powerSleep = defineOperation(
  {
    id: 'power.sleep',
    title: 'Sleep',
    description: 'Has the operating system go to sleep, and waits until it does.',
    danger: 'disruptive',
    kind: 'change',
    repeatable: true,
    changes: 'power',
    parameters: z.strictObject({ timeoutMs }),
    then: () => 'sleeping',
    lasts,
  },
  (via) => [via(amt, byAmt('sleep', powerTo('sleeping', 'sleep')))],
);
