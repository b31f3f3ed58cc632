import * as z from 'zod';
import { amt } from '../../technologies/amt/amt';
import { ipmi } from '../../technologies/ipmi/ipmi';
import { defineOperation } from '../operation';
import { byAmt } from './amtPower';
import { powerPulse } from './powerTo';

export const powerNmi = defineOperation(
  {
    id: 'power.nmi',
    title: 'Diagnostic Interrupt',
    description:
      'Sends a running computer a diagnostic interrupt (NMI), which makes most operating systems write a crash dump.',
    danger: 'disruptive',
    kind: 'change',
    repeatable: false,
    changes: 'power',
    parameters: z.strictObject({}),
  },
  (via) => [via(amt, byAmt('nmi', powerPulse('nmi'))), via(ipmi, powerPulse('nmi'))],
);
