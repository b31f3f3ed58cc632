import * as z from 'zod';
import { ipmi } from '../../technologies/ipmi/ipmi';
import { defineOperation } from '../operation';
import { powerTo } from './powerTo';
import { timeoutMs } from './waiting';

export const powerOn = defineOperation(
  {
    id: 'power.on',
    title: 'Power On',
    description: 'Turns the computer on and waits until it is.',
    danger: 'disruptive',
    kind: 'change',
    repeatable: true,
    changes: 'power',
    parameters: z.strictObject({ timeoutMs }),
    then: () => 'on',
  },
  (via) => [via(ipmi, powerTo('on', 'on'))],
);
