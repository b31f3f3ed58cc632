import * as z from 'zod';
import { amt } from '../../technologies/amt/amt';
import { ipmi } from '../../technologies/ipmi/ipmi';
import { defineOperation } from '../operation';
import { byAmt } from './amtPower';
import { powerTo } from './powerTo';
import { lasts, timeoutMs } from './waiting';

const parameters = z.strictObject({
  graceful: z.boolean().default(false).describe('Let the operating system shut down instead of cutting the power'),
  timeoutMs,
});
type Parameters = z.output<typeof parameters>;
const gracefully = ({ graceful }: Parameters): boolean => graceful;
const hard = ({ graceful }: Parameters): boolean => !graceful;

export const powerOff = defineOperation(
  {
    id: 'power.off',
    title: 'Power Off',
    description: 'Turns the computer off and waits until it is: hard, or gracefully through the operating system.',
    danger: 'disruptive',
    kind: 'change',
    repeatable: true,
    changes: 'power',
    parameters,
    then: () => 'off',
    lasts,
  },
  (via) => [
    via(amt, byAmt('off-graceful', powerTo('off', 'off-graceful')), gracefully),
    via(ipmi, powerTo('off', 'off-graceful'), gracefully),
    via(amt, powerTo('off', 'off'), hard),
    via(ipmi, powerTo('off', 'off'), hard),
  ],
);
