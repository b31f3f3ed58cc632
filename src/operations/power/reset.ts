import * as z from 'zod';
import { amt } from '../../technologies/amt/amt';
import { ipmi } from '../../technologies/ipmi/ipmi';
import { defineOperation } from '../operation';
import { byAmt } from './amtPower';
import { powerPulse } from './powerTo';

const parameters = z.strictObject({
  graceful: z.boolean().default(false).describe('Let the operating system restart instead of resetting at once'),
});
type Parameters = z.output<typeof parameters>;
const gracefully = ({ graceful }: Parameters): boolean => graceful;
const hard = ({ graceful }: Parameters): boolean => !graceful;

export const powerReset = defineOperation(
  {
    id: 'power.reset',
    title: 'Reset',
    description:
      'Restarts a running computer: at once, without telling its operating system, or gracefully through it.',
    danger: 'disruptive',
    kind: 'change',
    repeatable: false,
    changes: 'power',
    parameters,
  },
  (via) => [
    via(amt, byAmt('reset-graceful', powerPulse('reset-graceful')), gracefully),
    via(amt, powerPulse('reset'), hard),
    via(ipmi, powerPulse('reset'), hard),
  ],
);
