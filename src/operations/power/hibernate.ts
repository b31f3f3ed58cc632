import * as z from 'zod';
import { amt } from '../../technologies/amt/amt';
import { defineOperation } from '../operation';
import { byAmt } from './amtPower';
import { powerTo } from './powerTo';
import { lasts, timeoutMs } from './waiting';

export const powerHibernate = defineOperation(
  {
    id: 'power.hibernate',
    title: 'Hibernate',
    description: 'Has the operating system hibernate, and waits until the computer is off with its state kept.',
    danger: 'disruptive',
    kind: 'change',
    repeatable: true,
    changes: 'power',
    parameters: z.strictObject({ timeoutMs }),
    then: () => 'hibernating',
    lasts,
  },
  (via) => [via(amt, byAmt('hibernate', powerTo('hibernating', 'hibernate')))],
);
