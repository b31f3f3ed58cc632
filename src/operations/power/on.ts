import * as z from 'zod';
import { amt } from '../../technologies/amt/amt';
import { ipmi } from '../../technologies/ipmi/ipmi';
import { defineOperation } from '../operation';
import { amtOn } from './amtPower';
import { powerTo } from './powerTo';
import { lasts, timeoutMs } from './waiting';

export const powerOn = defineOperation(
  {
    id: 'power.on',
    title: 'Power On',
    description: 'Turns the computer on, or wakes it, and waits until it is.',
    danger: 'disruptive',
    kind: 'change',
    repeatable: true,
    changes: 'power',
    parameters: z.strictObject({ timeoutMs }),
    then: () => 'on',
    lasts,
  },
  (via) => [via(amt, amtOn), via(ipmi, powerTo('on', 'on'))],
);
